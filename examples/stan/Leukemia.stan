data {
  int<lower=1> N;
  vector<lower=0>[N] weeks;
  array[N] int<lower=0, upper=1> relapsed;
  vector<lower=0, upper=1>[N] treated;
}
transformed data {
  array[N] int order = sort_indices_desc(weeks);
  array[N] int last;   // of those with as many weeks or more
  for (n in 1:N) {
    last[n] = n;
    while (last[n] < N && weeks[order[last[n] + 1]] == weeks[order[n]]) last[n] += 1;
  }
}
parameters {
  real beta;
}
model {
  vector[N] log_hazard = beta * treated[order];
  vector[N] log_at_risk;
  beta ~ normal(0, 2);
  for (n in 1:N)
    log_at_risk[n] = n == 1 ? log_hazard[1] : log_sum_exp(log_at_risk[n - 1], log_hazard[n]);
  for (n in 1:N)
    if (relapsed[order[n]] == 1) target += log_hazard[n] - log_at_risk[last[n]];
}
