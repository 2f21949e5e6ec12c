// Poisson regression by Stan's fused primitive.
data {
  int<lower=1> N;
  int<lower=1> K;
  array[N] int<lower=0> y;
  matrix[N, K] X;
}
parameters {
  real alpha;
  vector[K] beta;
}
model {
  alpha ~ normal(0, 5);
  beta ~ std_normal();
  y ~ poisson_log_glm(X, alpha, beta);
}
