"""Learning from samples by PyTorch and zuko, in the loop that zuko's users write: shuffled batches, Adam, patience, the best weights."""

import copy
import time

import learned
import torch
import torch_flows


def learn(given):
    samples = learned.Samples(given)
    start = time.perf_counter()
    torch.manual_seed(given["seed"])
    rows = torch.tensor(samples.standardised(samples.training)).to(torch.get_default_dtype())
    rows = rows[torch.randperm(len(rows))]
    held_out = round(given["validation"] * len(rows))
    validation, training = rows[:held_out], rows[held_out:]
    flow = torch_flows.build(given)
    optimizer = torch.optim.Adam(flow.parameters(), lr=given["rate"])
    best, best_weights, stale, epochs = float("inf"), None, 0, 0
    while epochs < given["epochs"] and stale <= given["patience"]:
        shuffled = training[torch.randperm(len(training))]
        # the last batch is left out where it is not full, as flowjax does
        for batch in shuffled[:len(shuffled) - len(shuffled) % given["batch"]].split(given["batch"]):
            loss = -flow().log_prob(batch).mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            loss = -flow().log_prob(validation).mean().item()
        epochs += 1
        stale += 1
        if loss < best:
            best, best_weights, stale = loss, copy.deepcopy(flow.state_dict()), 0
    flow.load_state_dict(best_weights)
    seconds = time.perf_counter() - start
    with torch.no_grad():
        log_density = flow().log_prob(torch.tensor(samples.standardised(samples.test)).to(torch.get_default_dtype()))
    return samples.answer(log_density.double().numpy(), seconds, epochs), None
