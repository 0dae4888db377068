"""Runs commands of the AWS CLI in forks of one process, which loads the CLI once: it takes most of a command's time.

Usage: aws_cli_server.py TOKEN. Prints its port. A request is the token, the folder, variables as NAME=VALUE,
--, and the arguments, each followed by a NUL, and an empty text at the end; the answer is the exit code, stdout, and stderr.
"""

import os
import signal
import socket
import sys
import tempfile

import awscli.clidriver


def texts(connection):
    """The texts of a request, to the empty one. No argument of a command is empty here."""
    received = b""
    while not received.endswith(b"\0\0"):
        part = connection.recv(65536)
        if not part:
            raise EOFError
        received += part
    return received[:-2].decode().split("\0")


def answer(connection, folder, texts):
    split = texts.index("--")
    os.chdir(folder)
    os.environ.update(text.split("=", 1) for text in texts[:split])
    arguments = texts[split + 1:]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        os.dup2(out.fileno(), 1)
        os.dup2(errors.fileno(), 2)
        sys.argv = ["aws", *arguments]
        try:
            code = awscli.clidriver.main()
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
        for file in (out, errors):
            file.seek(0)
        connection.sendall(b"%d\0%s\0%s\0" % (code or 0, out.read(), errors.read()))


def serve(token):
    # The system forgets the forks that have ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        connection, _ = server.accept()
        with connection:
            if os.fork() == 0:
                # The AWS CLI may wait for processes of its own.
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                given, folder, *others = texts(connection)
                if given == token:
                    answer(connection, folder, others)
                os._exit(0)


serve(sys.argv[1])
