"""Makes default networks, and queries for what uses them, match EC2."""

from ministack.services import ec2


def apply():
    default_groups()
    filters("DescribeNetworkInterfaces", "NetworkInterfaceId", ec2._network_interfaces, {
        "vpc-id": lambda interface: [interface["VpcId"]],
        "group-id": lambda interface: [group["GroupId"] for group in interface["Groups"]],
    })
    filters("DescribeVpcEndpoints", "VpcEndpointId", ec2._vpc_endpoints, {
        "vpc-id": lambda endpoint: [endpoint["VpcId"]],
    })


def default_groups():
    """Gap: default security groups lack the rule that lets members reach each other.

    https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    """

    def completed(make):
        def handle(*args):
            known = set(ec2._security_groups)
            answer = make(*args)
            for name, group in ec2._security_groups.items():
                if name not in known and group["GroupName"] == "default":
                    group["IpPermissions"] = [{
                        "IpProtocol": "-1", "IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [],
                        "UserIdGroupPairs": [{"GroupId": name, "UserId": group["OwnerId"]}],
                    }]
            return answer
        return handle

    ec2._init_defaults = completed(ec2._init_defaults)
    # Networks of the emulator's own Region were created at load time. Creates them again at the first
    # request.
    ec2._security_groups.pop(ec2._DEFAULT_SG_ID, None)
    ec2._default_initialized_scopes.clear()
    for action in ("CreateVpc", "CreateDefaultVpc"):
        ec2._ACTION_MAP[action] = completed(ec2._ACTION_MAP[action])


def filters(action, parameter, store, fields):
    """Gap: these responses ignore filters."""
    describe = ec2._ACTION_MAP[action]

    def handle(params):
        wanted = ec2._parse_filters(params)
        found = [key for key, one in store.items()
                 if all(set(fields[name](one)) & set(values) for name, values in wanted.items())]
        # An ID that does not exist, because an empty list would mean all.
        ids = {f"{parameter}.{index}": key for index, key in enumerate(found or ["none"], 1)} if wanted else {}
        return describe({**params, **ids})

    ec2._ACTION_MAP[action] = handle
