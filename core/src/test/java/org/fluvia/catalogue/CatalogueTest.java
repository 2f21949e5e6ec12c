package org.fluvia.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private record Tree(String name) implements Catalogue.Row {
        @Override
        public String description() {
            return "a tree";
        }

        @Override
        public String source() {
            return "";
        }
    }

    @Test
    void rowsKeepTheirOrderAndAreFoundByName() {
        Catalogue<Tree> trees = Catalogue.of("tree", List.of(new Tree("oak"), new Tree("ash")));
        assertEquals(List.of("oak", "ash"), trees.names());
        assertEquals(new Tree("ash"), trees.named("ash"));
        assertTrue(trees.find("elm").isEmpty());
    }

    @Test
    void aNameThatIsNotThereIsToldWithThoseThatAre() {
        Catalogue<Tree> trees = Catalogue.of("tree", List.of(new Tree("oak"), new Tree("ash")));
        String message = assertThrows(IllegalArgumentException.class, () -> trees.named("elm")).getMessage();
        assertEquals("tree: there is none called elm. There are ash, oak.", message);
    }

    @Test
    void twoRowsOfOneNameAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Catalogue.of("tree", List.of(new Tree("oak"), new Tree("oak"))));
    }
}
