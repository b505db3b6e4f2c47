// What the kernels need so that the same source is compiled by nvcc for GPUs and by g++ for the simulated driver (src/test/native).
#pragma once

// Memory that the threads of a block share, as many bytes as the launch says.
#ifndef DYNAMIC_SHARED
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif
