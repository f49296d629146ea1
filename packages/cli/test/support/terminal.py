"""Runs a command in a pseudo-terminal: COLUMNS ROWS COMMAND WORDS…

What the command writes comes out of stdout as it is. Lines that come in are orders: "type TEXT" (with Python's escapes),
"resize COLUMNS ROWS". The exit code is the command's own.
"""
import ast, fcntl, os, pty, select, signal, struct, sys, termios

columns, rows, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)


def resize(columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))
    os.kill(pid, signal.SIGWINCH)


resize(columns, rows)
orders, is_open, pending = sys.stdin.fileno(), True, b""
while True:
    ready, _, _ = select.select([terminal] + ([orders] if is_open else []), [], [])
    if terminal in ready:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # the command has closed its end
            chunk = b""
        if not chunk:
            break
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    if orders in ready:
        chunk = os.read(orders, 65536)
        is_open = bool(chunk)
        *lines, pending = (pending + chunk).split(b"\n")
        for line in lines:
            word, _, rest = line.decode().partition(" ")
            if word == "type":
                os.write(terminal, ast.literal_eval("'" + rest + "'").encode())
            else:
                resize(*rest.split())
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
