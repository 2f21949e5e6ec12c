// What a session of jshell begins with: the words that models are made of, and what is done with them.
import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;
import java.nio.file.Path;
import org.fluvia.autodiff.*;
import org.fluvia.dynamics.*;
import org.fluvia.flows.*;
import org.fluvia.model.*;
import org.fluvia.plots.*;
import org.fluvia.report.*;
import org.fluvia.support.*;
import org.fluvia.vi.*;
