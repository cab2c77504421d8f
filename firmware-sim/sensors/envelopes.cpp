#include "firmware-sim/sensors/envelopes.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/json.hpp>

#include "firmware-sim/random.hpp"

namespace anju::sim {

namespace {

namespace json = boost::json;

std::string rfc3339(Instant at) {
    const auto ms = to_unix_ms(at);
    const auto seconds = static_cast<std::time_t>(ms / 1000);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}+00:00", fmt::gmtime(seconds), ms % 1000);
}

/// The same for the same frame; drawn from it instead of by chance, so that runs repeat.
std::string uuid_of(const LoraSender& sender, std::uint64_t number) {
    const auto high = derive_seed(number, sender.dev_eui);
    const auto low = derive_seed(high, "low");
    return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32U, high >> 16U & 0xFFFFU,
                       high & 0xFFFU, 0x8000U | (low >> 48U & 0x3FFFU), low & 0xFFFFFFFFFFFFU);
}

json::object event(const LoraSender& sender, std::uint64_t number, Instant time) {
    return {{"deduplicationId", uuid_of(sender, number)},
            {"time", rfc3339(time)},
            {"deviceInfo",
             {{"tenantId", "52f14cd4-c6f1-4fbd-8f87-4025e1d49242"},
              {"tenantName", "anju"},
              {"applicationId", sender.application},
              {"applicationName", "meters"},
              {"deviceProfileId", "14855bf7-d10d-4aee-b618-ebfcb64dc7ad"},
              {"deviceProfileName", sender.profile},
              {"deviceName", sender.name},
              {"devEui", sender.dev_eui},
              {"tags", json::object{}}}}};
}

Publication published(const LoraSender& sender, std::string_view what, const json::object& body) {
    return {
        fmt::format("application/{}/device/{}/event/{}", sender.application, sender.dev_eui, what),
        json::serialize(body)};
}

std::uint64_t of_time(Instant time) {
    return static_cast<std::uint64_t>(to_unix_ms(time));
}

json::object push(const CtwingSender& sender, Instant time, std::string_view type) {
    return {{"timestamp", to_unix_ms(time)},
            {"tenantId", "2000012345"},
            {"productId", sender.product_id},
            {"protocol", "lwm2m"},
            {"messageType", type},
            {"deviceId", sender.device_id},
            {"IMSI", "undefined"},
            {"IMEI", sender.imei}};
}

}  // namespace

Publication publication_of(const LoraSender& sender, const LoraUplink& uplink) {
    auto body =
        event(sender, of_time(uplink.time) ^ std::uint64_t{uplink.f_cnt} << 42U, uplink.time);
    body["devAddr"] = fmt::format("{:08x}", derive_seed(1, sender.dev_eui) & 0x01FFFFFFU);
    body["adr"] = true;
    body["dr"] = 3;
    body["fCnt"] = uplink.f_cnt;
    body["fPort"] = uplink.f_port;
    body["confirmed"] = false;
    body["data"] = base64_of(uplink.data);
    json::array heard;
    for (std::size_t i = 0; i < uplink.rssi_dbm.size(); ++i) {
        heard.push_back(json::object{{"gatewayId", fmt::format("0016c001f11{:05x}", i)},
                                     {"uplinkId", uplink.f_cnt},
                                     {"rssi", uplink.rssi_dbm[i]},
                                     {"snr", 6.5},
                                     {"channel", 2},
                                     {"crcStatus", "CRC_OK"}});
    }
    body["rxInfo"] = std::move(heard);
    body["txInfo"] = {{"frequency", 470'700'000}};
    return published(sender, "up", body);
}

Publication join_of(const LoraSender& sender, Instant time) {
    return published(sender, "join", event(sender, of_time(time), time));
}

Publication status_of(const LoraSender& sender, Instant time, int battery_pct, int margin_db) {
    auto body = event(sender, of_time(time), time);
    body["margin"] = margin_db;
    body["externalPowerSource"] = battery_pct == 0;
    body["batteryLevelUnavailable"] = false;
    body["batteryLevel"] = static_cast<double>(battery_pct);
    return published(sender, "status", body);
}

Publication data_report(const CtwingSender& sender, Instant time, OctetView data) {
    auto body = push(sender, time, "dataReport");
    body["upPacketSN"] = -1;
    body["upDataSN"] = -1;
    body["topic"] = "v1/up/ad";
    body["serviceId"] = "";
    body["payload"] = json::object{{"APPdata", base64_of(data)}};
    return {"cloud/ctwing/" + sender.product_id, json::serialize(body)};
}

Publication online_report(const CtwingSender& sender, Instant time, bool online) {
    auto body = push(sender, time, "deviceOnlineOfflineReport");
    body["eventType"] = online ? 1 : 0;
    return {"cloud/ctwing/" + sender.product_id, json::serialize(body)};
}

}  // namespace anju::sim
