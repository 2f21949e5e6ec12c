data {
  int<lower=1> T;
  array[T, T + 1] int<lower=0> seen;     // seen[i, j]: released in year i, first seen again in year j + 1; the last, never
  array[T] int<lower=0, upper=1> flood;
}
parameters {
  vector<lower=0, upper=1>[2] phi;
  real<lower=0, upper=1> p;
}
model {
  p ~ beta(2, 2);
  phi ~ beta(2, 2);
  for (i in 1:T) {
    int n = T - i + 1;
    vector[n + 1] cell;
    real alive = 1;
    for (j in i:T) {
      alive *= phi[flood[j] + 1];
      cell[j - i + 1] = alive * p;
      alive *= 1 - p;
    }
    cell[n + 1] = 1 - sum(cell[1:n]);
    seen[i, i:(T + 1)] ~ multinomial(cell);
  }
}
