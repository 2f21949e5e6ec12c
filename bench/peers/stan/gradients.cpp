// Evaluates and times a Stan model's log-density and gradient (unconstrained, with Jacobian, constants dropped), called
// straight from C++: what Stan's samplers pay for a leapfrog step, without the sampler and its output.
// Reads commands from standard input, answers in one line of JSON each:
//   prepare DATA.json POINTS.txt   values at the points (a line each): {"log_density":[...],"gradient":[[...],...]}
//   time SECONDS DRAWS             {"seconds": the median time of DRAWS gradients at the points by turns}
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>
#include MODEL
#include <stan/io/json/json_data.hpp>
#include <stan/model/log_prob_grad.hpp>

using Clock = std::chrono::steady_clock;
using Points = std::vector<std::vector<double>>;

static std::vector<int> no_integers;

static double evaluate(const stan_model& model, std::vector<double>& point, std::vector<double>& gradient) {
  return stan::model::log_prob_grad<true, true>(model, point, no_integers, gradient);
}

static Points read_points(const std::string& file) {
  std::ifstream in(file);
  Points points;
  for (std::string line; std::getline(in, line);) {
    std::istringstream numbers(line);
    points.emplace_back();
    for (double x; numbers >> x;) points.back().push_back(x);
  }
  return points;
}

static void print_values(const stan_model& model, Points& points) {
  std::ostringstream densities, gradients;
  densities.precision(17);
  gradients.precision(17);
  std::vector<double> gradient;
  for (size_t i = 0; i < points.size(); ++i) {
    densities << (i ? "," : "") << evaluate(model, points[i], gradient);
    gradients << (i ? ",[" : "[");
    for (size_t j = 0; j < gradient.size(); ++j) gradients << (j ? "," : "") << gradient[j];
    gradients << "]";
  }
  std::cout << "{\"log_density\":[" << densities.str() << "],\"gradient\":[" << gradients.str() << "]}" << std::endl;
}

static double median_time(const stan_model& model, Points& points, double seconds, int draws) {
  std::vector<double> times, gradient;
  double sink = 0;
  auto start = Clock::now();
  while (times.size() < 3 || std::chrono::duration<double>(Clock::now() - start).count() < seconds) {
    auto t = Clock::now();
    for (int i = 0; i < draws; ++i) sink += evaluate(model, points[i % points.size()], gradient);
    times.push_back(std::chrono::duration<double>(Clock::now() - t).count());
  }
  volatile double used = sink;
  (void)used;
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return times[times.size() / 2];
}

int main() {
  stan::math::ChainableStack stack;
  std::unique_ptr<stan_model> model;
  Points points;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string command;
    words >> command;
    if (command == "prepare") {
      std::string data_file, points_file;
      words >> data_file >> points_file;
      std::ifstream in(data_file);
      stan::json::json_data data(in);
      model.reset(new stan_model(data, 1, &std::cerr));
      points = read_points(points_file);
      print_values(*model, points);
    } else {
      double seconds;
      int draws;
      words >> seconds >> draws;
      std::cout.precision(17);
      std::cout << "{\"seconds\":" << median_time(*model, points, seconds, draws) << "}" << std::endl;
    }
  }
}
