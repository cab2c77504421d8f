// What networks put around the bytes of a meter: ChirpStack 4 (LoRaWAN) as its MQTT integration
// publishes it, and China Telecom's CTWing as it pushes to an application.
// https://www.chirpstack.io/docs/chirpstack/integrations/events.html
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/instant.hpp"
#include "firmware-sim/sensors/octets.hpp"

namespace anju::sim {

/// What one message is on the broker.
struct Publication {
    std::string topic;
    std::string payload;
    bool retain = false;

    friend bool operator==(const Publication&, const Publication&) = default;
};

struct LoraSender {
    std::string dev_eui;  ///< 16 lower-case digits
    std::string name;
    std::string profile = "CJ/T 188 water meter";
    std::string application = "1f0c6e4a-2f3b-4c55-9d0e-5a6b7c8d9e0f";
};

/// One uplink. ChirpStack waits for the gateways that heard the same frame (200 ms) and publishes
/// it once with all of them; what its integration delivers again has the same deduplicationId.
struct LoraUplink {
    std::uint32_t f_cnt{};      ///< up by one with each frame, 0 after a join
    std::uint8_t f_port = 100;  ///< 1..223
    Instant time{};             ///< when the network server got it
    std::vector<int> rssi_dbm;  ///< one for each gateway that heard it, at least one
    Octets data;
};
[[nodiscard]] Publication publication_of(const LoraSender& sender, const LoraUplink& uplink);

/// After the device joined; carries no reading.
[[nodiscard]] Publication join_of(const LoraSender& sender, Instant time);

/// Answer to DevStatusReq. `battery_pct` 1..100; 0: external power.
[[nodiscard]] Publication status_of(const LoraSender& sender, Instant time, int battery_pct,
                                    int margin_db);

struct CtwingSender {
    std::string imei;  ///< 15 digits
    std::string device_id;
    std::string product_id = "15114816";
};
/// dataReport; `time` is the platform's. Repeated byte for byte when the application was away.
[[nodiscard]] Publication data_report(const CtwingSender& sender, Instant time, OctetView data);
/// deviceOnlineOfflineReport
[[nodiscard]] Publication online_report(const CtwingSender& sender, Instant time, bool online);

}  // namespace anju::sim
