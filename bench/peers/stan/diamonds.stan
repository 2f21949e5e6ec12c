// Linear regression with a centred design and Student-t priors for intercept and scale, by Stan's fused primitive.
data {
  int<lower=1> N;
  int<lower=1> K;
  vector[N] y;
  matrix[N, K] X;
}
transformed data {
  matrix[N, K] centred;
  for (k in 1 : K) {
    centred[, k] = X[, k] - mean(X[, k]);
  }
}
parameters {
  vector[K] b;
  real intercept;
  real<lower=0> sigma;
}
model {
  b ~ std_normal();
  intercept ~ student_t(3, 8, 10);
  sigma ~ student_t(3, 0, 10);
  y ~ normal_id_glm(centred, intercept, b, sigma);
}
