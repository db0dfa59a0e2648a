"""Compile tick functions for many cars at once: their source becomes vector instructions.

`compiled.py` makes the twin that runs for one car; here the same function becomes code for a block
of cars, one in each lane of the vectors, with the same bits for every car. `blocks.py` is what
others call; `reader.py` reads functions, `syntax.py` knows what is in their source, `vectors.py`
writes the instructions.

Design: a batch is worth having only at some 25,000 times real time. The scalar twin in a loop over
cars reaches about a quarter of that, because LLVM does not vectorise a loop whose body branches
as the tick does; numpy over all cars reached less still (740 ns to 3,140 ns a car and tick in
measurements, against 160 ns here) and rounds differently. A kernel written by hand for the
vectoriser was as fast as this, but would have been a second source of the physics. So the source
of the tick itself is read, as a syntax tree, and written as LLVM vector instructions: a condition
becomes a mask, and each lane's operations stay the scalar ones in their order.

The subset of Python is small: assignments, `if`, `while`, `for` over a range, calls, arithmetic,
comparisons, tuples. Anything else raises NotImplementedError with file and line.

Used beyond the public interfaces, all inside one `numba.extending.intrinsic`: numba's
`context.make_array` and `context.compile_internal`, `numba.core.cgutils.for_range` and
`numba.np.numpy_support.as_dtype`; llvmlite's builder with untyped pointers (`typ`,
`source_etype`), and LLVM's intrinsics `masked.gather`, `sqrt` and `floor` by name.

On an upgrade of numba or llvmlite: what no longer exists raises when the first `Batch` is made
(`tests/test_lanes.py`, `tests/simulation/test_batch.py`); a `World`, plain or compiled, does not
come here. Code on disk is keyed by the sources of this package and of the functions it has read.
"""
