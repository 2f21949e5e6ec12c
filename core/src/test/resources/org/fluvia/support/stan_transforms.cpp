// Writes stan_transforms.txt: Stan's own constraining transforms at some points. With the headers and libraries of Stan 2.35
// as the Python package httpstan 4.13.0 brings them (in $H):
//   g++ -std=c++17 -O1 -w -D_REENTRANT -DBOOST_DISABLE_ASSERTS -I $H/include stan_transforms.cpp -o stan_transforms \
//       -L $H/lib -ltbb -Wl,-rpath,$H/lib && ./stan_transforms > stan_transforms.txt
// A line: factory; shape of an event; unconstrained; value, row by row; log-determinant of the Jacobian; gradient of
// log-determinant + sum of w[i] value[i], with w[i] = cos(i), i = 0, 1, ...
#include <stan/math.hpp>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

using stan::math::var;
using Vector = Eigen::Matrix<var, Eigen::Dynamic, 1>;
using Matrix = Eigen::Matrix<var, Eigen::Dynamic, Eigen::Dynamic>;
using Transform = std::function<Matrix(const Vector&, var&)>;

static const double scattered[] = {0.3, -1.2, 0.05, 2.1, -0.7, 1.4, -2.6, 0.9, -0.01, 0.6};

static void print(const std::string& factory, const std::string& shape, const std::vector<double>& at, const Transform& f) {
  Vector u(at.size());
  for (size_t i = 0; i < at.size(); ++i) u(i) = at[i];
  var logDeterminant = 0;
  Matrix x = f(u, logDeterminant);
  var sum = logDeterminant;
  int k = 0;
  for (int i = 0; i < x.rows(); ++i) {
    for (int j = 0; j < x.cols(); ++j) sum += std::cos(k++) * x(i, j);
  }
  stan::math::grad(sum.vi_);
  std::printf("%s; %s; ", factory.c_str(), shape.c_str());
  for (double v : at) std::printf("%.17g ", v);
  std::printf("; ");
  for (int i = 0; i < x.rows(); ++i) {
    for (int j = 0; j < x.cols(); ++j) std::printf("%.17g ", x(i, j).val());
  }
  std::printf("; %.17g; ", logDeterminant.val());
  for (int i = 0; i < u.size(); ++i) std::printf("%.17g ", u(i).adj());
  std::printf("\n");
  stan::math::recover_memory();
}

static void at_points(const std::string& factory, const std::string& shape, int free, const Transform& f) {
  for (int p = 0; p < 5; ++p) {
    std::vector<double> u(free);
    for (int i = 0; i < free; ++i) {
      double v = scattered[(i + 3 * p) % 10];
      u[i] = p == 0 ? 0 : p == 4 ? 1.2 * v : v; // further out Stan loses digits of correlations
    }
    if (p == 0 && factory == "unitVector") continue;
    print(factory, shape, u, f);
  }
}

int main() {
  using namespace stan::math;
  std::printf("# written by stan_transforms.cpp with Stan 2.35.0\n");
  for (int k : {2, 3, 5}) {
    std::string shape = std::to_string(k);
    at_points("simplex", shape, k - 1, [](const Vector& u, var& lp) { return Matrix(simplex_constrain<true>(u, lp)); });
    at_points("ordered", shape, k, [](const Vector& u, var& lp) { return Matrix(ordered_constrain<true>(u, lp)); });
    at_points("positiveOrdered", shape, k,
              [](const Vector& u, var& lp) { return Matrix(positive_ordered_constrain<true>(u, lp)); });
    at_points("unitVector", shape, k, [](const Vector& u, var& lp) { return Matrix(unit_vector_constrain<true>(u, lp)); });
  }
  for (int k : {1, 2, 3, 5}) {
    std::string shape = std::to_string(k) + " " + std::to_string(k);
    int pairs = k * (k - 1) / 2;
    at_points("choleskyFactorCorr", shape, pairs,
              [k](const Vector& u, var& lp) { return Matrix(cholesky_corr_constrain<true>(u, k, lp)); });
    at_points("corrMatrix", shape, pairs,
              [k](const Vector& u, var& lp) { return Matrix(corr_matrix_constrain<true>(u, k, lp)); });
    at_points("choleskyFactorCov", shape, pairs + k,
              [k](const Vector& u, var& lp) { return Matrix(cholesky_factor_constrain<true>(u, k, k, lp)); });
    at_points("covMatrix", shape, pairs + k,
              [k](const Vector& u, var& lp) { return Matrix(cov_matrix_constrain<true>(u, k, lp)); });
  }
  at_points("choleskyFactorCov", "4 2", 7,
            [](const Vector& u, var& lp) { return Matrix(cholesky_factor_constrain<true>(u, 4, 2, lp)); });
}
