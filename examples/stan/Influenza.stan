functions {
  vector epidemic(real t, vector y, real beta, real gamma, real n) {
    real infections = beta * y[1] * y[2] / n;
    return [-infections, infections - gamma * y[2]]';
  }
}
data {
  int<lower=1> T;
  array[T] real day;
  array[T] int<lower=0> in_bed;
  real<lower=0> N;
}
parameters {
  real<lower=0> beta;
  real<lower=0> gamma;
  real<lower=0> phi_inverse;
}
model {
  array[T] vector[2] y = ode_rk45_tol(epidemic, [N - 1, 1]', 0, day, 1e-8, 1e-8, 100000, beta, gamma, N);
  beta ~ normal(2, 1);
  gamma ~ normal(0.4, 0.5);
  phi_inverse ~ exponential(5);
  for (t in 1:T) in_bed[t] ~ neg_binomial_2(y[t, 2], inv(phi_inverse));
}
