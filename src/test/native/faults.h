// Makes calls fail or last, as the environment or a test says.
#pragma once
#include <array>
#include <string>
#include <vector>

// "device=1 call=cuLaunchKernel nth=3 result=700 lost": the third such call of device 1 fails with 700, and with "lost" every later one of that device as well.
// Without a device all are meant, call=* is any call. "call=cuMemcpyHtoDAsync microseconds=5000" is no failure: the work of each such call lasts at least so long;
// there the call may also be a kernel's name.
struct Fault {
    int device = -1;
    std::string call = "*";
    int nth = 1;
    int result = 999;
    bool lost = false;
    int microseconds = 0;
    int seen = 0;
};

class Faults {
    std::vector<Fault> faults;
    std::string control_path;
    std::array<long long, 3> control_seen{};

    bool control_has_changed();

public:
    // Some faults, separated by semicolons; "clear" forgets those before it. Throws std::invalid_argument.
    void read(const std::string& text);
    // A file whose content takes the place of all faults whenever it changes.
    void follow(const std::string& path) { control_path = path; }
    // True when the file that is followed has taken away every fault.
    bool refresh();
    // The fault that strikes now, or nullptr.
    const Fault* strike(const char* call, int device);
    // How many microseconds the call's work lasts at least.
    int lasting(const std::string& call, int device) const;
};
