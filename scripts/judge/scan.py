"""Runs prowler's checks of the services that the baseline uses, and those of CIS 7.0, on the account that the
environment names. Writes their findings to a file: python scan.py FILE REGION ...

Prowler's own command loads the providers of all clouds, so this calls its provider and checks of AWS.
"""

import importlib
import json
import logging
import socket
import sys
from importlib.metadata import version

from prowler.lib.check.compliance_models import Compliance
from prowler.lib.check.models import CheckMetadata
from prowler.providers.aws.aws_provider import AwsProvider
from prowler.providers.common.models import Audit_Metadata
from prowler.providers.common.provider import Provider

SERVICES = {
    "accessanalyzer", "account", "awslambda", "budgets", "cloudformation", "cloudtrail", "cloudwatch", "config",
    "ec2", "eventbridge", "guardduty", "iam", "kms", "s3", "secretsmanager", "securityhub", "sns",
    "ssm", "vpc",
}

# It asks shodan.io.
LEFT_OUT = {"ec2_elastic_ip_shodan"}

# Names such as 123456789012.s3-control.localhost are of this machine, which not every system knows.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *others, **more: resolve(
    "127.0.0.1" if str(host).endswith(".localhost") else host, *others, **more
)


def checks() -> dict[str, bool]:
    """Checks by name, with whether they are of CIS 7.0."""
    cis = {
        check
        for requirement in Compliance.get_bulk("aws")["cis_7.0_aws"].Requirements
        for check in requirement.Checks
    }
    bulk = CheckMetadata.get_bulk(provider="aws")
    chosen = {name for name in bulk if name in cis or bulk[name].ServiceName in SERVICES} - LEFT_OUT
    return {name: name in cis for name in sorted(chosen)}


def main(file: str, *regions: str) -> None:
    logging.disable(logging.CRITICAL)
    provider = AwsProvider(regions=set(regions))
    Provider.set_global_provider(provider)
    chosen = checks()
    provider.audit_metadata = Audit_Metadata(
        services_scanned=0, expected_checks=list(chosen), completed_checks=0, audit_progress=0
    )
    findings = []
    broken = []
    for name, cis in chosen.items():
        module = f"prowler.providers.aws.services.{name.split('_')[0]}.{name}.{name}"
        try:
            found = getattr(importlib.import_module(module), name)().execute()
        except Exception as error:  # A check that cannot run does not pass.
            broken.append({"check": name, "cis": cis, "error": f"{type(error).__name__}: {error}"})
            continue
        findings += [
            {
                "check": name,
                "cis": cis,
                "status": finding.status,
                "resource": finding.resource_id,
                "region": finding.region,
                "title": finding.check_metadata.CheckTitle,
            }
            for finding in found
        ]
    with open(file, "w", encoding="utf-8") as output:
        json.dump({"version": version("prowler"), "findings": findings, "broken": broken}, output)


main(*sys.argv[1:])
