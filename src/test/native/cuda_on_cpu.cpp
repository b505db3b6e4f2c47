// Runs one block of a kernel: its threads take turns at barriers and shuffles.
#include "cuda_on_cpu.h"
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <sys/mman.h>
#include <ucontext.h>
#include <vector>
#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_UNPOISON_MEMORY_REGION(begin, bytes) (static_cast<void>(begin), static_cast<void>(bytes))
#endif

namespace cpu {
__thread uint3 thread_index, block_index;
__thread dim3 block_dimensions, grid_dimensions;

namespace {
constexpr size_t STACK_BYTES = 64 << 10, PAGE_BYTES = 4096;
constexpr unsigned WARP = 32;
constexpr int MISALIGNED_BARRIER = 719;                          // CUDA_ERROR_LAUNCH_FAILED

std::map<std::string, Kernel>& kernels()
{
    static std::map<std::string, Kernel> all;
    return all;
}

#if defined(__x86_64__)
// Keeps the callee-saved registers on the old stack, stores its pointer, and goes on with the other stack.
extern "C" void switch_stack(void** keep, void* other) __attribute__((visibility("hidden")));
asm(R"(.text
.globl switch_stack
.hidden switch_stack
.type switch_stack,@function
switch_stack:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp,(%rdi)
    movq %rsi,%rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
.size switch_stack,.-switch_stack
)");
struct Context {
    void* stack_pointer = nullptr;
    void begin(char* stack, void (*main)())
    {
        void** top = reinterpret_cast<void**>((reinterpret_cast<uintptr_t>(stack) + STACK_BYTES) & ~uintptr_t{15});
        *--top = nullptr;                                        // where main would return to: it does not
        *--top = reinterpret_cast<void*>(main);
        for (int i = 0; i < 6; i++) *--top = nullptr;
        stack_pointer = top;
    }
    void switch_to(Context& other) { switch_stack(&stack_pointer, other.stack_pointer); }
};
#else
struct Context {
    ucontext_t context;
    void begin(char* stack, void (*main)())
    {
        getcontext(&context);
        context.uc_stack.ss_sp = stack;
        context.uc_stack.ss_size = STACK_BYTES;
        context.uc_link = nullptr;
        makecontext(&context, main, 0);
    }
    void switch_to(Context& other) { swapcontext(&context, &other.context); }
};
#endif

void fiber_main();

// Memory for stacks. What one thread of the operating system gives back another takes: each stream has a thread, and each context has streams.
class Stacks {
public:
    char* take()
    {
        {
            std::lock_guard<std::mutex> lock(mutex);
            if (!idle.empty()) {
                char* stack = idle.back();
                idle.pop_back();
                return stack;
            }
        }
        char* stack = static_cast<char*>(mmap(nullptr, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        mprotect(stack, PAGE_BYTES, PROT_NONE);                  // an overflow is a crash, not a riddle
        return stack;
    }

    void give_back(char* stack)
    {
        ASAN_UNPOISON_MEMORY_REGION(stack + PAGE_BYTES, STACK_BYTES - PAGE_BYTES);   // of functions that never returned
        std::lock_guard<std::mutex> lock(mutex);
        idle.push_back(stack);
    }

private:
    std::mutex mutex;
    std::vector<char*> idle;
};
Stacks& stacks = *new Stacks;                                    // threads end later than static objects

struct Fiber {
    Context context;
    char* stack = stacks.take();
    Fiber() { context.begin(stack, fiber_main); }
    Fiber(const Fiber&) = delete;
    ~Fiber() { stacks.give_back(stack); }
};

enum class State { READY, AT_BARRIER, AT_EXCHANGE, DONE };

struct Thread {
    std::unique_ptr<Fiber> fiber;
    State state = State::READY;
    const void* site = nullptr;
    uint64_t brought = 0, taken = 0;
    unsigned from = 0;
};

// The block that this thread of the operating system runs. Fibers are kept for the next block.
struct Block {
    std::vector<std::unique_ptr<Fiber>> idle;
    std::vector<Thread> threads;
    std::vector<char> dynamic;
    Context scheduler;
    unsigned current = 0;
    Entry entry = nullptr;
    void** parameters = nullptr;

    void run_until_all_wait();
    bool complete_exchanges();
    void open_barrier();
    unsigned done() const { return std::count_if(threads.begin(), threads.end(), [](const Thread& t) { return t.state == State::DONE; }); }
};
thread_local Block own_block;
__thread Block* block;                                           // the same, for those who run in it

// Another order of the threads: where a barrier is missing, the result differs.
const bool reverse = std::getenv("SIMULATED_GPU_REVERSE") != nullptr;

void set_thread_index(unsigned thread)
{
    thread_index = {thread % blockDim.x, thread / blockDim.x % blockDim.y, thread / (blockDim.x * blockDim.y)};
}

void fiber_main()
{
    for (;;) {
        block->entry(block->parameters);
        Thread& me = block->threads[block->current];
        me.state = State::DONE;
        me.fiber->context.switch_to(block->scheduler);
    }
}

// The scheduler has set the thread's index when this returns.
void wait_as(State state, Block& in, Thread& me)
{
    me.state = state;
    me.fiber->context.switch_to(in.scheduler);
}

void Block::run_until_all_wait()
{
    for (unsigned i = 0; i < threads.size(); i++) {
        unsigned t = reverse ? threads.size() - 1 - i : i;
        if (threads[t].state != State::READY) continue;
        if (!threads[t].fiber) {
            if (idle.empty()) idle.push_back(std::make_unique<Fiber>());
            threads[t].fiber = std::move(idle.back());
            idle.pop_back();
        }
        current = t;
        set_thread_index(t);
        scheduler.switch_to(threads[t].fiber->context);
        if (threads[t].state == State::DONE) idle.push_back(std::move(threads[t].fiber));
    }
}

// A warp whose living threads have all come to an exchange makes it.
bool Block::complete_exchanges()
{
    bool moved = false;
    for (unsigned first = 0; first < threads.size(); first += WARP) {
        unsigned end = std::min<unsigned>(threads.size(), first + WARP), waiting = 0, alive = 0;
        for (unsigned t = first; t < end; t++) {
            waiting += threads[t].state == State::AT_EXCHANGE;
            alive += threads[t].state != State::DONE;
        }
        if (waiting == 0 || waiting != alive) continue;
        for (unsigned t = first; t < end; t++) {
            unsigned from = first + threads[t].from;
            threads[t].taken = from < end ? threads[from].brought : threads[t].brought;
        }
        for (unsigned t = first; t < end; t++)
            if (threads[t].state == State::AT_EXCHANGE) threads[t].state = State::READY;
        moved = true;
    }
    return moved;
}

void Block::open_barrier()
{
    const void* site = nullptr;
    for (Thread& t : threads) {
        if (t.state == State::AT_EXCHANGE) throw Fault{MISALIGNED_BARRIER, "part of a warp waits at a shuffle"};
        if (t.state == State::DONE) throw Fault{MISALIGNED_BARRIER, "a thread has left the kernel while others wait at __syncthreads"};
        if (site && site != t.site) throw Fault{MISALIGNED_BARRIER, "threads wait at different __syncthreads"};
        site = t.site;
    }
    for (Thread& t : threads) t.state = State::READY;
}
}

void add(const char* name, const Kernel& kernel) { kernels()[name] = kernel; }

const Kernel* find(const std::string& name)
{
    auto found = kernels().find(name);
    return found == kernels().end() ? nullptr : &found->second;
}

void* dynamic_shared() { return block->dynamic.data(); }

void barrier(const void* site)
{
    Block& in = *block;
    Thread& me = in.threads[in.current];
    me.site = site;
    wait_as(State::AT_BARRIER, in, me);
}

uint64_t exchange(uint64_t value, unsigned lane)
{
    Block& in = *block;
    Thread& me = in.threads[in.current];
    me.brought = value;
    me.from = lane;
    wait_as(State::AT_EXCHANGE, in, me);
    return me.taken;
}

unsigned ballot(bool vote)
{
    unsigned votes = 0, first = block->current & ~(WARP - 1);
    for (unsigned lane = 0; lane < WARP; lane++) {
        bool other = exchange(vote, lane);
        if (first + lane < block->threads.size() && other) votes |= 1u << lane;
    }
    return votes;
}

void run_block(Entry entry, void** parameters, uint3 index, dim3 grid, dim3 dimensions, size_t dynamic_bytes)
{
    Block& in = own_block;
    block = &in;
    block_index = index;
    grid_dimensions = grid;
    block_dimensions = dimensions;
    in.entry = entry;
    in.parameters = parameters;
    in.dynamic.assign(dynamic_bytes, static_cast<char>(0xff));       // NaN: to read what nobody has written shows
    in.dynamic.shrink_to_fit();                                      // so that the address sanitizer knows its end
    in.threads.clear();
    in.threads.resize(size_t{dimensions.x} * dimensions.y * dimensions.z);
    try {
        for (;;) {
            in.run_until_all_wait();
            if (in.complete_exchanges()) continue;
            if (in.done() == in.threads.size()) return;
            in.open_barrier();
        }
    } catch (...) {
        in.threads.clear();                                          // with the stacks of those that wait for ever
        throw;
    }
}
}
