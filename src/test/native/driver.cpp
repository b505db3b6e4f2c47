// A libcuda.so.1 without a GPU: the calls of the driver API that Kiln makes, on devices that are simulated. README.md says what can be set.
// The types of parameters follow NVIDIA's CUDA Driver API reference; handles are pointers to the structures below.
#include "cuda_on_cpu.h"
#include "faults.h"
#include "stream.h"
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#define API extern "C" __attribute__((visibility("default"))) int

namespace {
enum Result {
    SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, NO_DEVICE = 100, INVALID_DEVICE = 101, INVALID_IMAGE = 200,
    INVALID_CONTEXT = 201, INVALID_HANDLE = 400, NOT_FOUND = 500, NOT_READY = 600, ILLEGAL_ADDRESS = 700, FIRST_STICKY = 700, LAUNCH_OUT_OF_RESOURCES = 701,
    LAST_STICKY = 719
};
enum Attribute {
    MAX_THREADS_PER_BLOCK = 1, MAX_BLOCK_X = 2, MAX_BLOCK_Y = 3, MAX_BLOCK_Z = 4, MAX_GRID_X = 5, MAX_GRID_Y = 6, MAX_GRID_Z = 7, MAX_SHARED_PER_BLOCK = 8,
    WARP_SIZE = 10, MULTIPROCESSORS = 16, ASYNC_ENGINES = 40, CAPABILITY_MAJOR = 75, CAPABILITY_MINOR = 76, MAX_SHARED_PER_BLOCK_OPTIN = 97
};
enum FunctionAttribute { FUNCTION_MAX_THREADS = 0, FUNCTION_MAX_DYNAMIC_SHARED = 8 };

constexpr int DRIVER_VERSION = 12060, THREADS_LIMIT = 1024, BLOCK_Z_LIMIT = 64, GRID_YZ_LIMIT = 65535, SHARED_BYTES = 48 << 10;
constexpr size_t DEVICE_ALIGNMENT = 256, PAGE_BYTES = 4096;
constexpr const char* CONTROL = "SIMULATED-GPU ";                // a program that begins so sets faults

struct Context {
    int device;
    std::atomic<int> sticky{0};
    std::map<Stream*, std::shared_ptr<Stream>> streams;          // shared with those who wait while another thread ends one
    std::shared_ptr<Stream> default_stream;
    explicit Context(int d) : device(d) {}
};
struct Function { const cpu::Kernel* kernel; std::string name; int max_dynamic = SHARED_BYTES; };
struct Module { std::string ptx; std::map<std::string, std::unique_ptr<Function>> functions; };
struct Allocation { size_t bytes; int device; };
// It copies one thing at a time in each direction, as the copy engines of a GPU do.
struct Device { size_t total = 0, used = 0; int lost = 0; int references = 0; std::unique_ptr<Context> primary; std::mutex copies_to, copies_from; };
using Allocations = std::map<uintptr_t, Allocation>;

struct Settings { int jitter = 0, threads = 1, shared = 0; bool log = false; };

std::recursive_mutex mutex;                                      // guards everything here
bool initialized = false;
Settings settings;
std::vector<Device> devices;
Faults faults;
Allocations device_memory, pinned_memory;
std::map<Event*, std::shared_ptr<Event>> events;                 // shared with the streams that still come to them
thread_local std::vector<Context*> current_contexts;

long setting(const char* name, long otherwise)
{
    const char* value = std::getenv(name);
    return value && *value ? std::atol(value) : otherwise;
}

Context* current() { return current_contexts.empty() ? nullptr : current_contexts.back(); }

void forget_losses()
{
    for (Device& d : devices) d.lost = 0;
}

void set_faults(const std::string& text)
{
    try {
        faults.read(text);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "[simulated GPU] faults: %s\n", e.what());
        std::abort();
    }
    if (text.find("clear") != std::string::npos) forget_losses();
}

// What each call begins with: answers what makes it fail, if anything.
int enter(const char* call, int device)
{
    if (settings.log) std::fprintf(stderr, "[simulated GPU %d] %s\n", device, call);
    if (!initialized) return NOT_INITIALIZED;
    if (faults.refresh()) forget_losses();
    if (const Fault* fault = faults.strike(call, device)) {
        if (fault->lost && device >= 0) devices[device].lost = fault->result;
        if (fault->result >= FIRST_STICKY && fault->result <= LAST_STICKY && current()) current()->sticky = fault->result;
        return fault->result;
    }
    return device >= 0 ? devices[device].lost : SUCCESS;
}

#define LOCK std::unique_lock<std::recursive_mutex> lock(mutex)
#define ENTER(call, device) if (int failed = enter(#call, device)) return failed
#define IN_CONTEXT(call) \
    LOCK; \
    Context* context = current(); \
    ENTER(call, context ? context->device : -1); \
    if (!context) return INVALID_CONTEXT; \
    if (context->sticky) return context->sticky

// Gives the lock up for something that waits.
template <class F> void unlocked(std::unique_lock<std::recursive_mutex>& lock, F wait)
{
    lock.unlock();
    wait();
    lock.lock();
}

// The stream of this handle, or nullptr: the low numbers are the driver's names for the default stream.
std::shared_ptr<Stream> stream_of(Context* context, Stream* handle)
{
    if (reinterpret_cast<uintptr_t>(handle) > 2) {
        auto found = context->streams.find(handle);
        return found == context->streams.end() ? nullptr : found->second;
    }
    if (!context->default_stream) context->default_stream = std::make_shared<Stream>(settings.jitter);
    return context->default_stream;
}

std::vector<std::shared_ptr<Stream>> streams_of(Context* context)
{
    std::vector<std::shared_ptr<Stream>> all;
    for (auto& stream : context->streams) all.push_back(stream.second);
    if (context->default_stream) all.push_back(context->default_stream);
    return all;
}

void wait_for_all(std::unique_lock<std::recursive_mutex>& lock, Context* context)
{
    auto all = streams_of(context);
    unlocked(lock, [&] {
        for (auto& stream : all) stream->wait();
        all.clear();                                             // one that was ended meanwhile ends here
    });
}

bool holds(const Allocations& allocations, const void* begin, size_t bytes, int device)
{
    auto at = allocations.upper_bound(reinterpret_cast<uintptr_t>(begin));
    if (at == allocations.begin()) return false;
    --at;
    return reinterpret_cast<uintptr_t>(begin) + bytes <= at->first + at->second.bytes && (device < 0 || at->second.device == device);
}

// Puts work into a stream; it is left out once the context is broken.
int submit(Context* context, Stream* handle, std::function<void()> work)
{
    auto stream = stream_of(context, handle);
    if (!stream) return INVALID_HANDLE;
    stream->put([context, work = std::move(work)] { if (!context->sticky) work(); });
    return SUCCESS;
}

int submit_and_wait(std::unique_lock<std::recursive_mutex>& lock, Context* context, Stream* handle, std::function<void()> work)
{
    if (int failed = submit(context, handle, std::move(work))) return failed;
    auto stream = stream_of(context, handle);
    unlocked(lock, [&] { stream->wait(); });
    return context->sticky;
}

// The work with the time that faults give it.
std::function<void()> lasting(const std::string& call, int device, std::function<void()> work)
{
    int microseconds = faults.lasting(call, device);
    if (!microseconds) return work;
    return [microseconds, work = std::move(work)] {
        auto end = Event::Clock::now() + std::chrono::microseconds(microseconds);
        work();
        std::this_thread::sleep_until(end);
    };
}

// A copy between the machine and a device.
std::function<void()> copy(const char* call, int device, std::mutex& engine, std::function<void()> work)
{
    return [&engine, work = lasting(call, device, std::move(work))] {
        std::lock_guard<std::mutex> alone(engine);
        work();
    };
}

std::shared_ptr<Event> event_of(Event* handle)
{
    auto found = events.find(handle);
    return found == events.end() ? nullptr : found->second;
}

// The context's streams end, and its device forgets what it held.
void empty_context(std::unique_lock<std::recursive_mutex>& lock, Context* context)
{
    auto all = streams_of(context);
    context->streams.clear();
    context->default_stream.reset();
    unlocked(lock, [&] { all.clear(); });
    for (auto at = device_memory.begin(); at != device_memory.end();) {
        if (at->second.device != context->device) { ++at; continue; }
        std::free(reinterpret_cast<void*>(at->first));
        devices[context->device].used -= at->second.bytes;
        at = device_memory.erase(at);
    }
    context->sticky = SUCCESS;
}
}

// ---- devices

API cuInit(unsigned)
{
    LOCK;
    if (initialized) return SUCCESS;
    settings.jitter = setting("SIMULATED_GPU_JITTER_MICROSECONDS", 0);
    settings.threads = setting("SIMULATED_GPU_THREADS", 1);
    settings.shared = setting("SIMULATED_GPU_SHARED_BYTES", 99 << 10);
    settings.log = setting("SIMULATED_GPU_LOG", 0);
    devices = std::vector<Device>(setting("SIMULATED_GPUS", 1));
    for (Device& d : devices) d.total = setting("SIMULATED_GPU_MEMORY_BYTES", 1L << 30);
    if (const char* text = std::getenv("SIMULATED_GPU_FAULTS")) set_faults(text);
    if (const char* path = std::getenv("SIMULATED_GPU_CONTROL")) faults.follow(path);
    if (devices.empty()) return NO_DEVICE;
    initialized = true;
    int failed = enter("cuInit", -1);
    initialized = !failed;
    return failed;
}

API cuDriverGetVersion(int* version)
{
    *version = DRIVER_VERSION;
    return SUCCESS;
}

API cuDeviceGetCount(int* count)
{
    LOCK;
    ENTER(cuDeviceGetCount, -1);
    *count = devices.size();
    return SUCCESS;
}

API cuDeviceGet(int* device, int ordinal)
{
    LOCK;
    if (ordinal < 0 || ordinal >= static_cast<int>(devices.size())) return INVALID_DEVICE;
    ENTER(cuDeviceGet, ordinal);
    *device = ordinal;
    return SUCCESS;
}

API cuDeviceGetName(char* name, int bytes, int device)
{
    LOCK;
    ENTER(cuDeviceGetName, device);
    std::snprintf(name, bytes, "Simulated GPU %d", device);
    return SUCCESS;
}

API cuDeviceTotalMem_v2(size_t* bytes, int device)
{
    LOCK;
    ENTER(cuDeviceTotalMem, device);
    *bytes = devices[device].total;
    return SUCCESS;
}

API cuDeviceGetUuid(unsigned char* uuid, int device)
{
    std::memset(uuid, 0, 16);
    uuid[15] = device;
    return SUCCESS;
}

API cuDeviceGetAttribute(int* value, int attribute, int device)
{
    LOCK;
    ENTER(cuDeviceGetAttribute, device);
    switch (attribute) {
        case MAX_THREADS_PER_BLOCK: case MAX_BLOCK_X: case MAX_BLOCK_Y: *value = THREADS_LIMIT; break;
        case MAX_BLOCK_Z: *value = BLOCK_Z_LIMIT; break;
        case MAX_GRID_X: *value = 2147483647; break;
        case MAX_GRID_Y: case MAX_GRID_Z: *value = GRID_YZ_LIMIT; break;
        case MAX_SHARED_PER_BLOCK: *value = SHARED_BYTES; break;
        case MAX_SHARED_PER_BLOCK_OPTIN: *value = settings.shared; break;
        case WARP_SIZE: *value = 32; break;
        case MULTIPROCESSORS: *value = 4; break;
        case ASYNC_ENGINES: *value = 2; break;
        case CAPABILITY_MAJOR: *value = 8; break;
        case CAPABILITY_MINOR: *value = 6; break;
        default: return INVALID_VALUE;
    }
    return SUCCESS;
}

// ---- contexts

API cuDevicePrimaryCtxRetain(Context** context, int device)
{
    LOCK;
    ENTER(cuDevicePrimaryCtxRetain, device);
    Device& d = devices[device];
    if (!d.primary) d.primary = std::make_unique<Context>(device);
    d.references++;
    *context = d.primary.get();
    return SUCCESS;
}

API cuDevicePrimaryCtxRelease_v2(int device)
{
    LOCK;
    ENTER(cuDevicePrimaryCtxRelease, device);
    Device& d = devices[device];
    if (d.references <= 0) return INVALID_CONTEXT;
    if (--d.references == 0) empty_context(lock, d.primary.get());
    return SUCCESS;
}

API cuDevicePrimaryCtxReset_v2(int device)
{
    LOCK;
    ENTER(cuDevicePrimaryCtxReset, device);
    if (devices[device].primary) empty_context(lock, devices[device].primary.get());
    return SUCCESS;
}

API cuCtxPushCurrent_v2(Context* context)
{
    current_contexts.push_back(context);
    return SUCCESS;
}

API cuCtxPopCurrent_v2(Context** context)
{
    if (current_contexts.empty()) return INVALID_CONTEXT;
    if (context) *context = current_contexts.back();
    current_contexts.pop_back();
    return SUCCESS;
}

API cuCtxGetDevice(int* device)
{
    IN_CONTEXT(cuCtxGetDevice);
    *device = context->device;
    return SUCCESS;
}

API cuCtxSynchronize()
{
    IN_CONTEXT(cuCtxSynchronize);
    wait_for_all(lock, context);
    return context->sticky;
}

// ---- memory

API cuMemGetInfo_v2(size_t* free_bytes, size_t* total)
{
    IN_CONTEXT(cuMemGetInfo);
    *total = devices[context->device].total;
    *free_bytes = *total - devices[context->device].used;
    return SUCCESS;
}

API cuMemAlloc_v2(void** pointer, size_t bytes)
{
    IN_CONTEXT(cuMemAlloc);
    Device& device = devices[context->device];
    if (bytes == 0) return INVALID_VALUE;
    if (bytes > device.total - device.used) return OUT_OF_MEMORY;
    // not rounded up, so that the address sanitizer knows where it ends
    if (posix_memalign(pointer, DEVICE_ALIGNMENT, bytes) != 0) return OUT_OF_MEMORY;
    std::memset(*pointer, 0xff, bytes);                          // NaN: to read what nobody has written shows
    device.used += bytes;
    device_memory[reinterpret_cast<uintptr_t>(*pointer)] = {bytes, context->device};
    return SUCCESS;
}

API cuMemFree_v2(void* pointer)
{
    IN_CONTEXT(cuMemFree);
    if (!pointer) return SUCCESS;
    auto at = device_memory.find(reinterpret_cast<uintptr_t>(pointer));
    if (at == device_memory.end()) return INVALID_VALUE;
    Allocation allocation = at->second;
    device_memory.erase(at);
    wait_for_all(lock, context);
    std::memset(pointer, 0xdd, allocation.bytes);
    std::free(pointer);
    devices[allocation.device].used -= allocation.bytes;
    return context->sticky;
}

API cuMemHostAlloc(void** pointer, size_t bytes, unsigned)
{
    IN_CONTEXT(cuMemHostAlloc);
    if (bytes == 0) return INVALID_VALUE;
    if (posix_memalign(pointer, PAGE_BYTES, bytes) != 0) return OUT_OF_MEMORY;
    pinned_memory[reinterpret_cast<uintptr_t>(*pointer)] = {bytes, -1};
    return SUCCESS;
}

API cuMemFreeHost(void* pointer)
{
    IN_CONTEXT(cuMemFreeHost);
    if (!pinned_memory.erase(reinterpret_cast<uintptr_t>(pointer))) return INVALID_VALUE;
    wait_for_all(lock, context);
    std::free(pointer);
    return context->sticky;
}

API cuMemcpyHtoDAsync_v2(void* to, const void* from, size_t bytes, Stream* stream)
{
    IN_CONTEXT(cuMemcpyHtoDAsync);
    if (!holds(device_memory, to, bytes, context->device)) return INVALID_VALUE;
    std::mutex& engine = devices[context->device].copies_to;
    if (holds(pinned_memory, from, bytes, -1))
        return submit(context, stream, copy("cuMemcpyHtoDAsync", context->device, engine, [=] { std::memcpy(to, from, bytes); }));
    // other memory is copied aside at once, as the driver does
    auto aside = std::make_shared<std::vector<char>>(static_cast<const char*>(from), static_cast<const char*>(from) + bytes);
    return submit(context, stream, copy("cuMemcpyHtoDAsync", context->device, engine, [=] { std::memcpy(to, aside->data(), bytes); }));
}

API cuMemcpyDtoHAsync_v2(void* to, const void* from, size_t bytes, Stream* stream)
{
    IN_CONTEXT(cuMemcpyDtoHAsync);
    if (!holds(device_memory, from, bytes, context->device)) return INVALID_VALUE;
    auto work = copy("cuMemcpyDtoHAsync", context->device, devices[context->device].copies_from, [=] { std::memcpy(to, from, bytes); });
    if (holds(pinned_memory, to, bytes, -1)) return submit(context, stream, work);
    return submit_and_wait(lock, context, stream, work);
}

API cuMemcpyDtoDAsync_v2(void* to, const void* from, size_t bytes, Stream* stream)
{
    IN_CONTEXT(cuMemcpyDtoDAsync);
    if (!holds(device_memory, to, bytes, context->device) || !holds(device_memory, from, bytes, context->device)) return INVALID_VALUE;
    return submit(context, stream, [=] { std::memcpy(to, from, bytes); });
}

API cuMemsetD8Async(void* to, unsigned char value, size_t bytes, Stream* stream)
{
    IN_CONTEXT(cuMemsetD8Async);
    if (!holds(device_memory, to, bytes, context->device)) return INVALID_VALUE;
    return submit(context, stream, [=] { std::memset(to, value, bytes); });
}

// ---- streams and events

API cuStreamCreate(Stream** stream, unsigned)
{
    IN_CONTEXT(cuStreamCreate);
    auto made = std::make_shared<Stream>(settings.jitter);
    context->streams[made.get()] = made;
    *stream = made.get();
    return SUCCESS;
}

API cuStreamDestroy_v2(Stream* stream)
{
    IN_CONTEXT(cuStreamDestroy);
    auto ended = stream_of(context, stream);
    if (!ended) return INVALID_HANDLE;
    context->streams.erase(stream);
    unlocked(lock, [&] { ended.reset(); });
    return SUCCESS;
}

API cuStreamSynchronize(Stream* handle)
{
    IN_CONTEXT(cuStreamSynchronize);
    auto stream = stream_of(context, handle);
    if (!stream) return INVALID_HANDLE;
    unlocked(lock, [&] { stream->wait(); });
    return context->sticky;
}

API cuStreamQuery(Stream* handle)
{
    IN_CONTEXT(cuStreamQuery);
    auto stream = stream_of(context, handle);
    return !stream ? INVALID_HANDLE : stream->is_idle() ? SUCCESS : NOT_READY;
}

API cuStreamWaitEvent(Stream* handle, Event* awaited, unsigned)
{
    IN_CONTEXT(cuStreamWaitEvent);
    auto stream = stream_of(context, handle);
    auto event = event_of(awaited);
    if (!stream || !event) return INVALID_HANDLE;
    long recording = event->recordings();
    stream->put([event, recording] { event->wait(recording); });
    return SUCCESS;
}

API cuEventCreate(Event** event, unsigned)
{
    IN_CONTEXT(cuEventCreate);
    auto made = std::make_shared<Event>();
    events[made.get()] = made;
    *event = made.get();
    return SUCCESS;
}

API cuEventDestroy_v2(Event* event)
{
    IN_CONTEXT(cuEventDestroy);
    // nobody waits: streams that still come to it keep it until then
    return events.erase(event) ? SUCCESS : INVALID_HANDLE;
}

API cuEventRecord(Event* marking, Stream* handle)
{
    IN_CONTEXT(cuEventRecord);
    auto stream = stream_of(context, handle);
    auto event = event_of(marking);
    if (!stream || !event) return INVALID_HANDLE;
    long recording = event->record();
    stream->put([event, recording] { event->reached(recording); });
    return SUCCESS;
}

API cuEventSynchronize(Event* awaited)
{
    IN_CONTEXT(cuEventSynchronize);
    auto event = event_of(awaited);
    if (!event) return INVALID_HANDLE;
    unlocked(lock, [&] { event->wait(event->recordings()); });
    return context->sticky;
}

API cuEventQuery(Event* asked)
{
    IN_CONTEXT(cuEventQuery);
    auto event = event_of(asked);
    if (!event) return INVALID_HANDLE;
    return event->is_reached() ? SUCCESS : NOT_READY;
}

API cuEventElapsedTime(float* milliseconds, Event* first, Event* second)
{
    IN_CONTEXT(cuEventElapsedTime);
    auto from = event_of(first), to = event_of(second);
    if (!from || !to) return INVALID_HANDLE;
    if (!from->is_reached() || !to->is_reached()) return NOT_READY;
    *milliseconds = std::chrono::duration<float, std::milli>(to->at() - from->at()).count();
    return SUCCESS;
}

// ---- programs

API cuModuleLoadData(Module** module, const void* image)
{
    std::string text = static_cast<const char*>(image);
    if (text.rfind(CONTROL, 0) == 0) {
        LOCK;
        *module = new Module{text, {}};
        set_faults(text.substr(std::strlen(CONTROL)));
        return SUCCESS;
    }
    IN_CONTEXT(cuModuleLoadData);
    if (text.find(".version") == std::string::npos) return INVALID_IMAGE;
    *module = new Module{text, {}};
    return SUCCESS;
}

API cuModuleUnload(Module* module)
{
    IN_CONTEXT(cuModuleUnload);
    wait_for_all(lock, context);
    delete module;
    return context->sticky;
}

// The kernel must be in the PTX, with as many parameters as its source has here.
API cuModuleGetFunction(Function** function, Module* module, const char* name)
{
    IN_CONTEXT(cuModuleGetFunction);
    const cpu::Kernel* kernel = cpu::find(name);
    size_t begin = module->ptx.find(".entry " + std::string(name) + "(");
    if (begin == std::string::npos || !kernel) return NOT_FOUND;
    size_t end = module->ptx.find(')', begin), parameters = 0;
    for (size_t at = begin; (at = module->ptx.find(".param", at + 1)) < end;) parameters++;
    if (parameters != kernel->parameters) {
        std::fprintf(stderr, "[simulated GPU] %s has %zu parameters in the PTX and %zu in its source: run src/main/cuda/build-ptx\n", name, parameters, kernel->parameters);
        return INVALID_IMAGE;
    }
    auto& known = module->functions[name];
    if (!known) known = std::make_unique<Function>(Function{kernel, name});
    *function = known.get();
    return SUCCESS;
}

API cuFuncSetAttribute(Function* function, int attribute, int value)
{
    IN_CONTEXT(cuFuncSetAttribute);
    if (attribute != FUNCTION_MAX_DYNAMIC_SHARED || value > settings.shared) return INVALID_VALUE;
    function->max_dynamic = value;
    return SUCCESS;
}

API cuFuncGetAttribute(int* value, int attribute, Function* function)
{
    IN_CONTEXT(cuFuncGetAttribute);
    switch (attribute) {
        case FUNCTION_MAX_THREADS: *value = THREADS_LIMIT; break;
        case FUNCTION_MAX_DYNAMIC_SHARED: *value = function->max_dynamic; break;
        default: return INVALID_VALUE;
    }
    return SUCCESS;
}

namespace {
// All blocks of one launch, on as many threads as are set.
struct Launch {
    const cpu::Kernel* kernel;
    std::string name;
    dim3 grid, threads;
    size_t dynamic_bytes;
    std::vector<std::vector<char>> arguments;

    void run(Context* context)
    {
        std::vector<void*> pointers;
        for (auto& argument : arguments) pointers.push_back(argument.data());
        uint64_t blocks = uint64_t{grid.x} * grid.y * grid.z;
        std::atomic<uint64_t> next{0};
        auto work = [&] {
            try {
                for (uint64_t b; !context->sticky && (b = next++) < blocks;)
                    cpu::run_block(kernel->entry, pointers.data(), index(b), grid, threads, dynamic_bytes);
            } catch (const cpu::Fault& fault) {
                std::fprintf(stderr, "[simulated GPU] kernel %s: %s\n", name.c_str(), fault.what.c_str());
                context->sticky = fault.result;
            }
        };
        std::vector<std::thread> helpers;
        for (int i = 1; i < settings.threads; i++) helpers.emplace_back(work);
        work();
        for (auto& helper : helpers) helper.join();
    }

    uint3 index(uint64_t b) const { return {static_cast<unsigned>(b % grid.x), static_cast<unsigned>(b / grid.x % grid.y), static_cast<unsigned>(b / grid.x / grid.y)}; }
};
}

API cuLaunchKernel(Function* function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y, unsigned block_z, unsigned dynamic_bytes,
                   Stream* stream, void** parameters, void**)
{
    IN_CONTEXT(cuLaunchKernel);
    if (!grid_x || !grid_y || !grid_z || grid_x > 2147483647u || grid_y > GRID_YZ_LIMIT || grid_z > GRID_YZ_LIMIT) return INVALID_VALUE;
    if (!block_x || !block_y || !block_z || block_z > BLOCK_Z_LIMIT || uint64_t{block_x} * block_y * block_z > THREADS_LIMIT) return INVALID_VALUE;
    if (static_cast<int>(dynamic_bytes) > function->max_dynamic) return INVALID_VALUE;
    Launch launch{function->kernel, function->name, {grid_x, grid_y, grid_z}, {block_x, block_y, block_z}, dynamic_bytes, {}};
    for (size_t i = 0; i < launch.kernel->parameters; i++) {
        auto* begin = static_cast<char*>(parameters[i]);
        launch.arguments.emplace_back(begin, begin + launch.kernel->sizes[i]);
    }
    auto work = [launch, context]() mutable { launch.run(context); };
    return submit(context, stream, lasting(launch.name, context->device, lasting("cuLaunchKernel", context->device, work)));
}
