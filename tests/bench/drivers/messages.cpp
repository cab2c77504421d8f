#include "bench/drivers/messages.hpp"

#include "drivers/bytes.hpp"

namespace anju::bench {
namespace {

std::string bytes(std::string_view hex) {
    std::vector<std::uint8_t> out;
    if (!drivers::from_hex(hex, out)) return {};
    return {out.begin(), out.end()};
}

// Telegrams published with the meters' documentation; encrypted ones with keys of our own.
constexpr std::string_view iperl = "1844AE4C4455223368077A55000000041389E20100023B0000";
constexpr std::string_view mode5 =
    "2E4401069897969501167A4B032005F106BE187B6B3E9157A42CC2731D8597845A20FA149CCD7E30D7095F5E77F5F"
    "0";
constexpr std::string_view mode7 =
    "6344A5112018646470078C00D7900F002C256AB59B00B2264347A00511257A6A004007108015B5DD13417B53F23A04"
    "686E7CA23BC3219010EE3915DE522EB61B213BBA82C5A4BFF981A5F77BF2E2AEF3AA3EB6E317F063142EA091DDAFE0"
    "1A9407EFA563";
constexpr std::string_view ell =
    "2D442D2C776655441B168D2083B48D3A2033AF50C068F85DCA16AD388A78EBD65BD1E730CE0F52AE9581F4F1E168";
constexpr std::string_view izar = "1944304CDEFFE420CC01A263120013258F907B0AFF12529AC33B";
constexpr std::string_view cjt188 =
    "6810670517240000008116901F01000300002C000300002C0000000000000000FFC316";

std::vector<Sample> make() {
    std::vector<Sample> out;
    // device_id "door-1", boot 9, number 3: contact_open true.
    out.push_back({"native_contact", "anju/v1/up/door-1/data",
                   bytes("0a06646f6f722d311009180322023001"), "", ""});
    out.push_back({"zigbee2mqtt_contact", "zigbee2mqtt/front_door",
                   R"({"contact":false,"battery":87,"battery_low":false,"tamper":false,)"
                   R"("linkquality":112})",
                   "", ""});
    out.push_back({"wmbus_short_bytes", "wmbus/raw", bytes(iperl), "", ""});
    out.push_back({"wmbus_short_hex", "wmbus/raw", std::string(iperl), "", ""});
    out.push_back(
        {"wmbus_mode5", "wmbus/raw", bytes(mode5), "0A06120FE9BD237CCD876C12A936A527", ""});
    out.push_back(
        {"wmbus_mode7", "wmbus/raw", bytes(mode7), "C29A83DE15600B7D9E0C5DEE3984F2EF", ""});
    out.push_back(
        {"wmbus_ell_ctr", "wmbus/raw", bytes(ell), "DC0B4FBCB2CE96CE0BB183BD6450AD74", ""});
    out.push_back({"wmbus_izar", "wmbus/raw", bytes(izar), "", ""});
    out.push_back({"cjt188", "cjt188/meter", bytes(cjt188), "", ""});
    out.push_back(
        {"chirpstack_cjt188", "application/a/device/70b3d5e75e00a1b2/event/up",
         R"({"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d",)"
         R"("time":"2026-03-01T00:15:07.120456+00:00","deviceInfo":{"deviceProfileName":"meter",)"
         R"("deviceName":"water-3f","devEui":"70b3d5e75e00a1b2"},"fCnt":1042,"fPort":100,)"
         R"("data":"aBBnBRckAAAAgRaQHwEAAwAALAADAAAsAAAAAAAAAAD/wxY=",)"
         R"("rxInfo":[{"gatewayId":"0016c001f1500812","rssi":-101,"snr":4.2}]})",
         "", ""});
    out.push_back(
        {"ctwing_cjt188", "cloud/ctwing",
         R"({"timestamp":1772324062842,"productId":"15114816","payload":{"APPdata":)"
         R"("aBCSAQAQAAAAgRaQHwEAIiIALAAAAAAsAAAAAAAAAAAA/hY="},"messageType":"dataReport",)"
         R"("deviceId":"40edca19b012","IMEI":"862592051651472"})",
         "", ""});
    out.push_back({"shelly_smoke", "shellyplussmoke-a8032ab1c2d3/events/rpc",
                   R"({"src":"shellyplussmoke-a8032ab1c2d3","method":"NotifyStatus","params":)"
                   R"({"ts":1772324062.18,"smoke:0":{"id":0,"alarm":true,"mute":false}}})",
                   "", ""});
    out.push_back({"tasmota_zigbee", "tele/zbbridge/SENSOR",
                   R"({"ZbReceived":{"0x4F2E":{"Device":"0x4F2E","Name":"door","Contact":1,)"
                   R"("Endpoint":1,"LinkQuality":70}}})",
                   "", ""});
    out.push_back({"rtl_433_contact", "rtl_433/gw1/events",
                   R"({"time":"2026-03-01 08:14:22","model":"Honeywell-Security","id":684113,)"
                   R"("channel":8,"event":128,"state":"open","contact_open":1,"reed_open":0,)"
                   R"("alarm":0,"tamper":0,"battery_ok":1,"heartbeat":0,"mic":"CRC"})",
                   "", ""});
    return out;
}

}  // namespace

const std::vector<Sample>& samples() {
    static const std::vector<Sample> all = make();
    return all;
}

std::string description(std::size_t count) {
    std::string out = "[";
    for (std::size_t i = 0; i < count; ++i) {
        char ieee[32];
        std::snprintf(ieee, sizeof ieee, "0x00158d00%08zx", i);
        out += std::string(i == 0 ? "" : ",") + R"({"ieee_address":")" + ieee +
               R"(","friendly_name":"door_)" + std::to_string(i) +
               R"(","type":"EndDevice","supported":true,"definition":{"model":"MCCGQ11LM",)"
               R"("vendor":"Aqara","description":"Door and window sensor","exposes":[)"
               R"({"type":"numeric","name":"battery","property":"battery","access":1,"unit":"%"},)"
               R"({"type":"binary","name":"contact","property":"contact","access":1,)"
               R"("value_on":false,"value_off":true},{"type":"numeric","name":"voltage",)"
               R"("property":"voltage","access":1,"unit":"mV"}]}})";
    }
    return out + "]";
}

}  // namespace anju::bench
