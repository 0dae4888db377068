"""Runs commands of the AWS CLI in forks of one process, which loads the CLI and the models of services once: that
takes most of a command's time.

Usage: aws_cli_server.py TOKEN. Prints its port. A request is the token, the folder, variables as NAME=VALUE,
--, and the arguments, each followed by a NUL, and an empty text at the end; the answer is the exit code, stdout, and stderr.
"""

import os
import signal
import socket
import sys
import tempfile

import awscli.clidriver

# Services that tests use often. Models of others are loaded by each command.
SERVICES = ("cloudformation", "cloudtrail", "ec2", "iam", "logs", "organizations", "secretsmanager", "sns", "sts")


def loaded_driver():
    """The AWS CLI with what it reads for every command. It reads the variables when a command runs."""
    driver = awscli.clidriver.create_clidriver()
    loader = driver.session.get_component("data_loader")
    for data in ("endpoints", "partitions"):
        loader.load_data(data)
    for service in SERVICES:
        for model in ("service-2", "endpoint-rule-set-1"):
            loader.load_service_model(service, model)
    return driver


def texts(connection):
    """The texts of a request, to the empty one. No argument of a command is empty here."""
    received = b""
    while not received.endswith(b"\0\0"):
        part = connection.recv(65536)
        if not part:
            raise EOFError
        received += part
    return received[:-2].decode().split("\0")


def answer(driver, connection, folder, texts):
    split = texts.index("--")
    os.chdir(folder)
    os.environ.update(text.split("=", 1) for text in texts[:split])
    arguments = texts[split + 1:]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        os.dup2(out.fileno(), 1)
        os.dup2(errors.fileno(), 2)
        # Usage names the program, and a command may have a configuration file of its own.
        sys.argv = ["aws", *arguments]
        driver.session._config = driver.session._profile_map = None
        try:
            code = driver.main(arguments)
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
    driver = loaded_driver()
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
                    answer(driver, connection, folder, others)
                os._exit(0)


serve(sys.argv[1])
