// The application acknowledgements that one commit has earned, gathered by device so that a
// sensor that sent twenty messages hears one answer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/model/reading.hpp"
#include "runtime/ports.hpp"

namespace anju {

class AckBook {
public:
    /// This message is in the transaction, or was in an earlier one.
    void acknowledge(const std::string& address, Sequence sequence);
    /// This message will never be taken.
    void refuse(const std::string& address, Sequence sequence, std::string code, std::string text);
    /// After the commit: sends everything as anju.v1.SensorDownlink and forgets it.
    void send(SensorLink& link);

private:
    struct Refusal {
        std::uint64_t seq{};
        std::string code;
        std::string text;
    };
    struct Answer {
        std::vector<std::uint64_t> seqs;
        std::vector<Refusal> refused;
    };
    std::map<std::pair<std::string, std::uint64_t>, Answer> answers_;  ///< by address and boot
};

}  // namespace anju
