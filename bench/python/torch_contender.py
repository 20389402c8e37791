"""PyTorch's own RNN modules, eager. Variant: `flush` to take denormal numbers for zero."""

from serve import Task, not_here, serve

try:
    import torch
except ImportError as error:
    not_here(str(error))

task = Task()
torch.set_num_threads(task.threads)
torch.set_flush_denormal(task.variant == "flush")
torch.manual_seed(1)


class Classifier(torch.nn.Module):
    def __init__(self):
        super().__init__()
        module = {"basic-rnn": torch.nn.RNN, "basic-lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
        self.rnn = module[task.cell](
            task.inputSize, task.units, task.layers, batch_first=True,
            bidirectional=task.bidirectional)
        self.dense = torch.nn.Linear(task.units * (2 if task.bidirectional else 1), 10)

    def forward(self, sequences):
        _, state = self.rnn(sequences)
        if isinstance(state, tuple):
            state = state[0]
        if task.bidirectional:
            return self.dense(torch.cat([state[0], state[1]], 1))
        return self.dense(state[-1])


model = Classifier()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)


def step():
    images = torch.from_numpy(task.images)
    labels = torch.from_numpy(task.labels).long()
    optimizer.zero_grad()
    logits = model(images)
    loss = torch.nn.functional.cross_entropy(logits, labels)
    loss.backward()
    optimizer.step()
    accuracy = (logits.argmax(1) == labels).float().mean()
    accuracy.item()
    return loss.item()


serve(step, {"PyTorch": torch.__version__})
