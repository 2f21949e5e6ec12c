data {
  int<lower=1> T;
  vector[T] flow;
}
parameters {
  real<lower=0> sigma;
  real<lower=0> drift;
}
model {
  real level = 1000;
  real variance = 1e5;
  sigma ~ normal(0, 200);
  drift ~ normal(0, 100);
  for (t in 1:T) {
    real total = variance + square(sigma);
    real gain = variance / total;
    flow[t] ~ normal(level, sqrt(total));
    level += gain * (flow[t] - level);
    variance = variance * (1 - gain) + square(drift);
  }
}
