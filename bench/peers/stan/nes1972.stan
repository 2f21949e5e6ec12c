// Party identification, linear regression on eight columns, written as the original program is: column by column.
data {
  int<lower=0> N;
  vector[N] y;
  matrix[N, 8] X;
}
transformed data {
  vector[N] x1 = X[, 1];
  vector[N] x2 = X[, 2];
  vector[N] x3 = X[, 3];
  vector[N] x4 = X[, 4];
  vector[N] x5 = X[, 5];
  vector[N] x6 = X[, 6];
  vector[N] x7 = X[, 7];
  vector[N] x8 = X[, 8];
}
parameters {
  vector[9] beta;
  real<lower=0> sigma;
}
model {
  y ~ normal(beta[1] + beta[2] * x1 + beta[3] * x2 + beta[4] * x3 + beta[5] * x4 + beta[6] * x5 + beta[7] * x6
             + beta[8] * x7 + beta[9] * x8, sigma);
}
