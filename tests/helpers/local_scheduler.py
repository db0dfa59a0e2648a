"""A Dask scheduler in this process, for tests of what runs on a cluster."""

from contextlib import contextmanager

from distributed import LocalCluster


@contextmanager
def local_scheduler():
    """Give the address of a scheduler in this process with a worker of its own."""
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address=None,
    ) as cluster:
        yield cluster.scheduler_address
