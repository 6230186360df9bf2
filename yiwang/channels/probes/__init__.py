"""What machines ask of us: does the process live, may it be given work, how is it doing.

Owns */healthz*, */readyz* and */metrics*. They are answered before anything else, so that neither a host name that
only a load balancer knows nor a session or a lock-out stands in the way. They tell nothing about people or cases.
"""
