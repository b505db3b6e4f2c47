#include "faults.h"
#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/stat.h>

void Faults::read(const std::string& text)
{
    std::stringstream all(text);
    std::string one;
    while (std::getline(all, one, ';')) {
        std::stringstream words(one);
        std::string word;
        Fault fault;
        bool any = false;
        while (words >> word) {
            auto equals = word.find('=');
            std::string name = word.substr(0, equals), value = equals == std::string::npos ? "" : word.substr(equals + 1);
            if (name == "clear") { faults.clear(); continue; }
            if (name == "device") fault.device = std::stoi(value);
            else if (name == "call") fault.call = value;
            else if (name == "nth") fault.nth = std::stoi(value);
            else if (name == "result") fault.result = std::stoi(value);
            else if (name == "lost") fault.lost = true;
            else if (name == "microseconds") fault.microseconds = std::stoi(value);
            else throw std::invalid_argument("'" + word + "' is not known; see faults.h");
            any = true;
        }
        if (any) faults.push_back(fault);
    }
}

bool Faults::control_has_changed()
{
    struct stat status;
    if (control_path.empty() || stat(control_path.c_str(), &status) != 0) return false;
    long long time = status.st_mtim.tv_sec * 1000000000LL + status.st_mtim.tv_nsec;
    // two within one tick of the clock have the same time
    std::array<long long, 3> seen{time, static_cast<long long>(status.st_ino), static_cast<long long>(status.st_size)};
    bool changed = seen != control_seen;
    control_seen = seen;
    return changed;
}

bool Faults::refresh()
{
    if (!control_has_changed()) return false;
    std::ifstream file(control_path);
    std::stringstream text;
    text << file.rdbuf();
    faults.clear();
    read(text.str());
    return faults.empty();
}

const Fault* Faults::strike(const char* call, int device)
{
    for (Fault& fault : faults)
        if (!fault.microseconds && (fault.call == "*" || fault.call == call) && (fault.device < 0 || fault.device == device) && ++fault.seen == fault.nth) return &fault;
    return nullptr;
}

int Faults::lasting(const std::string& call, int device) const
{
    int longest = 0;
    for (const Fault& fault : faults)
        if ((fault.call == "*" || fault.call == call) && (fault.device < 0 || fault.device == device)) longest = std::max(longest, fault.microseconds);
    return longest;
}
