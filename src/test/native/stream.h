// The simulated driver's streams and events: really asynchronous, each stream with a thread of its own.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

struct Stream {
    explicit Stream(int jitter_microseconds) : jitter(jitter_microseconds), worker([this] { run(); }) {}
    Stream(const Stream&) = delete;
    ~Stream();
    void put(std::function<void()> work);
    void wait();
    bool is_idle();

private:
    const int jitter;                                            // each piece of work begins late by up to so many µs
    std::mutex mutex;
    std::condition_variable filled, emptied;
    std::deque<std::function<void()>> queue;
    bool busy = false, ending = false;
    std::thread worker;

    void run();
};

struct Event {
    using Clock = std::chrono::steady_clock;
    // Returns the number of this recording, which reached() and wait() take.
    long record();
    void reached(long recording);
    void wait(long recording);
    long recordings();
    bool is_reached();
    Clock::time_point at();

private:
    std::mutex mutex;
    std::condition_variable changed;
    long recorded = 0, done = 0;
    Clock::time_point time;
};
