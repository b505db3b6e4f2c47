#include "stream.h"
#include <algorithm>
#include <cstdlib>

Stream::~Stream()
{
    {
        std::lock_guard<std::mutex> lock(mutex);
        ending = true;
    }
    filled.notify_all();
    worker.join();
}

void Stream::run()
{
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
        filled.wait(lock, [this] { return ending || !queue.empty(); });
        if (queue.empty()) return;
        auto work = std::move(queue.front());
        queue.pop_front();
        busy = true;
        lock.unlock();
        if (jitter > 0) std::this_thread::sleep_for(std::chrono::microseconds(std::rand() % jitter));
        work();
        work = nullptr;
        lock.lock();
        busy = false;
        if (queue.empty()) emptied.notify_all();
    }
}

void Stream::put(std::function<void()> work)
{
    {
        std::lock_guard<std::mutex> lock(mutex);
        queue.push_back(std::move(work));
    }
    filled.notify_all();
}

void Stream::wait()
{
    std::unique_lock<std::mutex> lock(mutex);
    emptied.wait(lock, [this] { return queue.empty() && !busy; });
}

bool Stream::is_idle()
{
    std::lock_guard<std::mutex> lock(mutex);
    return queue.empty() && !busy;
}

long Event::record()
{
    std::lock_guard<std::mutex> lock(mutex);
    return ++recorded;
}

void Event::reached(long recording)
{
    {
        std::lock_guard<std::mutex> lock(mutex);
        time = Clock::now();
        done = std::max(done, recording);
    }
    changed.notify_all();
}

void Event::wait(long recording)
{
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return done >= recording; });
}

long Event::recordings()
{
    std::lock_guard<std::mutex> lock(mutex);
    return recorded;
}

bool Event::is_reached()
{
    std::lock_guard<std::mutex> lock(mutex);
    return done >= recorded;
}

Event::Clock::time_point Event::at()
{
    std::lock_guard<std::mutex> lock(mutex);
    return time;
}
