#include "firmware-sim/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "core/model/names.hpp"

namespace anju::sim {

namespace json = boost::json;

std::string kinds_json(const std::vector<Reading>& readings) {
    std::string out = "[";
    for (const auto& reading : readings) {
        const auto quoted =
            fmt::format("\"{}{}\"", name(reading.kind), reading.value == 0 ? "=0" : "");
        if (out.find(quoted) != std::string::npos) continue;
        if (out.size() > 1) out += ',';
        out += quoted;
    }
    return out + "]";
}

std::int64_t real_now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::int64_t steady_now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

result<void> ReportWriter::open(const std::filesystem::path& file) {
    out_.open(file, std::ios::trunc);
    if (!out_) return Error{"cannot write the report", file.string(), "check the directory"};
    return {};
}

void ReportWriter::publish(const PublishFact& fact) {
    if (!out_.is_open()) return;
    out_ << fmt::format(
                R"({{"type":"publish","device":"{}","boot":{},"seq":{},"attempt":{},"topic":"{}",)"
                R"("kinds":{},"real_ns":{},"steady_ns":{},"sim_ms":{}}})",
                fact.device, fact.boot, fact.seq, fact.attempt, fact.topic, fact.kinds,
                fact.real_ns, fact.steady_ns, to_unix_ms(fact.simulated))
         << std::endl;
}

void ReportWriter::ack(std::string_view device, std::uint64_t boot, std::uint64_t seq,
                       bool refused) {
    if (!out_.is_open()) return;
    out_ << fmt::format(
                R"({{"type":"ack","device":"{}","boot":{},"seq":{},"refused":{},"real_ns":{},)"
                R"("steady_ns":{}}})",
                device, boot, seq, refused, real_now_ns(), steady_now_ns())
         << std::endl;
}

void ReportReader::refresh() {
    std::ifstream in(file_, std::ios::binary);
    if (!in.seekg(read_)) return;
    std::string line;
    while (std::getline(in, line) && !in.eof()) {  // a last line without its end comes next time
        read_ += static_cast<std::streamoff>(line.size() + 1);
        read_line(line);
    }
}

void ReportReader::read_line(std::string_view line) {
    boost::system::error_code error;
    const auto value = json::parse(line, error);
    if (error || !value.is_object()) return;
    const auto& object = value.get_object();
    const auto text = [&](const char* key) -> std::string {
        const auto* found = object.if_contains(key);
        return found != nullptr && found->is_string() ? json::value_to<std::string>(*found) : "";
    };
    const auto* kinds = object.if_contains("kinds");
    const auto* attempt = object.if_contains("attempt");
    const auto* real = object.if_contains("real_ns");
    if (text("type") != "publish" || kinds == nullptr || !kinds->is_array() || real == nullptr ||
        !real->is_int64() || attempt == nullptr || *attempt != 1) {
        return;
    }
    for (const auto& kind : kinds->get_array()) {
        if (!kind.is_string() || kind.get_string() == "water_total_ml") continue;
        sent_[{text("device"), json::value_to<std::string>(kind)}].push_back(real->get_int64());
    }
}

std::optional<std::int64_t> ReportReader::sent_ns(std::string_view device, ReadingKind kind,
                                                  std::int64_t before_ns) const {
    const auto found = sent_.find({std::string(device), std::string(name(kind))});
    if (found == sent_.end()) return std::nullopt;
    const auto after = std::upper_bound(found->second.begin(), found->second.end(), before_ns);
    if (after == found->second.begin()) return std::nullopt;
    return *std::prev(after);
}

}  // namespace anju::sim
