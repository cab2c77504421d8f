// The port to one connection with the district; the application puts it on an MQTT session.
#pragma once

#include <string>

namespace anju::uplink {

class Link {
public:
    virtual ~Link() = default;
    /// Never blocks. False: not taken, not connected or full; the caller comes again.
    virtual bool publish(std::string topic, std::string payload, int qos) = 0;
    /// Never blocks. Something urgent waits while there is no connection: try now. The link
    /// itself keeps this from becoming a storm.
    virtual void hurry() {}
};

}  // namespace anju::uplink
