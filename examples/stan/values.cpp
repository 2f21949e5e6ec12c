// Stan's values of a program at random points, for reference/*.json: all constants kept, on the unconstrained scale with the
// Jacobian of the transforms and on the constrained scale without. Compiled with stanc's output as MODEL; see SOURCE.md.
#include MODEL
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>
#include <stan/io/json/json_data.hpp>
#include <stan/model/log_prob_grad.hpp>

static void print(const std::string& key, const std::vector<double>& values) {
  std::cout << ", \"" << key << "\": [";
  for (size_t i = 0; i < values.size(); ++i) std::cout << (i ? ", " : "") << values[i];
  std::cout << "]";
}

static void print(const std::string& key, const std::vector<std::string>& names) {
  std::cout << "\"" << key << "\": [";
  for (size_t i = 0; i < names.size(); ++i) std::cout << (i ? ", " : "") << "\"" << names[i] << "\"";
  std::cout << "]";
}

int main(int, char** arguments) {  // DATA.json POINTS CENTRE SCALE
  stan::math::ChainableStack stack;
  std::ifstream in(arguments[1]);
  stan::json::json_data data(in);
  stan_model model(data, 1, &std::cerr);
  std::vector<std::string> names;
  model.constrained_param_names(names, false, false);
  std::cout.precision(17);
  std::cout << "{";
  print("names", names);
  std::cout << ", \"points\": [";
  std::mt19937_64 generator(7);
  std::normal_distribution<double> normal(std::stod(arguments[3]), std::stod(arguments[4]));
  boost::ecuyer1988 unused(1);
  std::vector<int> none;
  for (int p = 0; p < std::stoi(arguments[2]); ++p) {
    std::vector<double> u(model.num_params_r()), gradient, other, constrained;
    for (auto& x : u) x = normal(generator);
    double with_jacobian = stan::model::log_prob_grad<false, true>(model, u, none, gradient);
    double without = stan::model::log_prob_grad<false, false>(model, u, none, other);
    model.write_array(unused, u, none, constrained, false, false);
    std::cout << (p ? ",\n" : "\n") << "{\"log_density\": " << without << ", \"log_density_with_jacobian\": " << with_jacobian;
    print("constrained", constrained);
    print("gradient_with_jacobian", gradient);
    std::cout << "}";
  }
  std::cout << "]}" << std::endl;
}
