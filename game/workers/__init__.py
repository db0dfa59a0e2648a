"""Worker processes are started, given tasks, watched and ended.

A worker is started by a thread, because that takes longer than a frame may. It ignores Ctrl-C,
which is its parent's to answer, and it ends with its parent. A worker that ends in any other way
costs its parent no more than the task it was working on.
"""
