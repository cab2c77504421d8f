// Messages a second on one core, per kind of message, by the way the gateway takes: topic to route,
// route to readings. Beside them what cannot be beaten: OpenSSL alone on the same cipher text,
// the JSON parser alone on the same text, a copy of the same bytes.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <cstring>
#include <stdexcept>

#include "bench/drivers/messages.hpp"
#include "drivers/catalog.hpp"
#include "drivers/settings.hpp"
#include "drivers/state.hpp"
#include "unit/drivers/counting_new.hpp"

namespace anju::bench {
namespace {

void decode(benchmark::State& run, const Sample& sample) {
    const drivers::Catalog catalog(drivers::Catalog::everything());
    drivers::DriverState state;
    if (!sample.key.empty() || !sample.profile.empty()) {
        state.settings().set_fallback(
            drivers::DeviceSettings{drivers::parse_key(sample.key), sample.profile});
    }
    const auto once = [&] {
        const drivers::Route* route = catalog.find(sample.topic);
        return route->decode(sample.topic, sample.payload, false, state);
    };
    const auto first = once();
    if (!first || first->empty() || first->front().readings.empty()) {
        run.SkipWithError("gives no reading");
        return;
    }
    const std::size_t before = drivers::testing::allocations();
    (void)once();
    const std::size_t allocations = drivers::testing::allocations() - before;
    for (auto _ : run) benchmark::DoNotOptimize(once());
    run.SetItemsProcessed(static_cast<std::int64_t>(run.iterations()));
    run.counters["allocations"] = static_cast<double>(allocations);
}

void parse_json_alone(benchmark::State& run, const Sample& sample) {
    unsigned char buffer[16 * 1024];
    for (auto _ : run) {
        boost::json::monotonic_resource memory(buffer);
        benchmark::DoNotOptimize(boost::json::parse(sample.payload, &memory));
    }
    run.SetItemsProcessed(static_cast<std::int64_t>(run.iterations()));
}

void copy_alone(benchmark::State& run, const Sample& sample) {
    std::string out(sample.payload.size(), '\0');
    for (auto _ : run) {
        std::memcpy(out.data(), sample.payload.data(), out.size());
        benchmark::ClobberMemory();
    }
    run.SetItemsProcessed(static_cast<std::int64_t>(run.iterations()));
}

/// AES-128-CBC over two blocks with the context kept, key and IV set for each message.
void decrypt_alone(benchmark::State& run) {
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    const unsigned char key[16] = {1};
    const unsigned char iv[16] = {2};
    const unsigned char in[32] = {3};
    unsigned char out[64];
    EVP_DecryptInit_ex(context, EVP_aes_128_cbc(), nullptr, nullptr, nullptr);
    EVP_CIPHER_CTX_set_padding(context, 0);
    for (auto _ : run) {
        int count = 0;
        EVP_DecryptInit_ex(context, nullptr, nullptr, key, iv);
        EVP_DecryptUpdate(context, out, &count, in, sizeof in);
        benchmark::DoNotOptimize(out);
    }
    EVP_CIPHER_CTX_free(context);
    run.SetItemsProcessed(static_cast<std::int64_t>(run.iterations()));
}

void describe(benchmark::State& run) {
    const drivers::Catalog catalog;
    drivers::DriverState state;
    const std::string list = description(200);
    const drivers::Route* route = catalog.find("zigbee2mqtt/bridge/devices");
    for (auto _ : run) {
        benchmark::DoNotOptimize(route->decode("zigbee2mqtt/bridge/devices", list, true, state));
    }
    run.SetItemsProcessed(static_cast<std::int64_t>(run.iterations()));
}

const bool registered = [] {
    for (const Sample& sample : samples()) {
        benchmark::RegisterBenchmark(("decode/" + sample.name).c_str(),
                                     [&sample](benchmark::State& run) { decode(run, sample); });
        if (sample.payload.starts_with("{")) {
            benchmark::RegisterBenchmark(
                ("limit/json_parser/" + sample.name).c_str(),
                [&sample](benchmark::State& run) { parse_json_alone(run, sample); });
        }
        if (sample.name == "wmbus_short_bytes") {
            benchmark::RegisterBenchmark(
                ("limit/memcpy/" + sample.name).c_str(),
                [&sample](benchmark::State& run) { copy_alone(run, sample); });
        }
        if (sample.name == "wmbus_mode5") {
            benchmark::RegisterBenchmark("limit/openssl_aes_cbc/wmbus_mode5", decrypt_alone);
        }
    }
    benchmark::RegisterBenchmark("decode/zigbee2mqtt_description_of_200", describe);
    return true;
}();

}  // namespace
}  // namespace anju::bench
