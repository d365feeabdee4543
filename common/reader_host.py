"""The warm process that forks a reader for each untrusted file.

`python -m common.reader_host <socket>`: stands alone, no Django and no secrets. An
order is `module argument` with three files: what to read, where to answer, where to
report. The host forks a child with the limits of the module; the child writes
the text `module.answer(data, argument)` and ends, and the host reports its status as
subprocess would give it. When the asker hangs up the child is killed; when the portal
is gone all are, and the host ends.
"""

import gc
import importlib
import os
import resource
import select
import signal
import socket
import sys
import warnings
from contextlib import suppress

ORDER_BYTES = 200
STATUS_BYTES = 4


class Host:
    """Waits for orders, ended children and askers that hang up, all in one place."""

    def __init__(self, control: socket.socket) -> None:
        self.control, self.poll = control, select.poll()
        self.acts = {control.fileno(): self.take_order}
        self.poll.register(control, select.POLLIN)
        self.children: set[int] = set()

    def serve(self) -> None:
        """Work until the portal hangs up."""
        while self.acts:
            for handle, _event in self.poll.poll():
                if handle in self.acts:
                    self.acts[handle]()

    def take_order(self) -> None:
        """Fork a child for the next order; end everything when there is none."""
        order, files, _flags, _sender = socket.recv_fds(self.control, ORDER_BYTES, 3)
        if not order:
            for child in self.children:
                signal.pidfd_send_signal(child, signal.SIGKILL)
            self.acts.clear()
            return
        source, target, report = files
        name, _, argument = order.decode().partition(" ")
        module = importlib.import_module(name)
        gc.freeze()
        pid = os.fork()
        if not pid:
            read(module, argument, source, target)
        os.close(source)
        os.close(target)
        self.watch(pid, socket.socket(fileno=report))

    def watch(self, pid: int, report: socket.socket) -> None:
        """Wait for the child, and for its asker to hang up."""
        child, asker = os.pidfd_open(pid), report.fileno()
        self.children.add(child)

        def give_up() -> None:
            del self.acts[asker]
            self.poll.unregister(asker)
            signal.pidfd_send_signal(child, signal.SIGKILL)

        def finish() -> None:
            _pid, status = os.waitpid(pid, 0)
            code = os.waitstatus_to_exitcode(status)
            with suppress(OSError):  # the asker may have hung up
                report.send(code.to_bytes(STATUS_BYTES, "big", signed=True))
            for handle in (child, asker):
                if self.acts.pop(handle, None):
                    self.poll.unregister(handle)
            self.children.remove(child)
            report.close()
            os.close(child)

        self.acts |= {child: finish, asker: give_up}
        self.poll.register(child, select.POLLIN)
        self.poll.register(asker, 0)  # a hang-up is always told


def read(module, argument: str, source: int, target: int) -> None:
    """Be the child: limits first, then read and answer; never comes back."""
    status = 1
    with suppress(Exception):
        resource.setrlimit(resource.RLIMIT_AS, (module.MEMORY_BYTES,) * 2)
        # Where both are the same, SIGKILL comes and nobody knows what it was.
        seconds = module.CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        warnings.simplefilter("ignore")
        with open(source, "rb") as file:
            data = file.read()
        answer = module.answer(data, argument)
        with open(target, "w", encoding="utf-8") as file:
            file.write(answer)
        status = 0
    os._exit(status)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the portal
    Host(socket.socket(fileno=int(sys.argv[1]))).serve()
