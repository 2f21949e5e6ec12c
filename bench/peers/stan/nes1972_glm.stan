// The same density as nes1972.stan by Stan's fused primitive.
data {
  int<lower=0> N;
  vector[N] y;
  matrix[N, 8] X;
}
parameters {
  vector[9] beta;
  real<lower=0> sigma;
}
model {
  y ~ normal_id_glm(X, beta[1], beta[2 : 9], sigma);
}
