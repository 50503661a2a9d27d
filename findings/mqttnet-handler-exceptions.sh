#!/usr/bin/env bash
# Software: MQTTnet 5.2.0.1603 (NuGet) with Mosquitto 2.0.11 (Debian mosquitto 2.0.11-1.2+deb12u2), both with their defaults.
# Expected: an exception in the handler of a message is reported, or ends the connection, or the message is given up: what comes after it arrives in each case.
# Happens:  the exception is swallowed and the message is not acknowledged, for as long as the connection lives. The broker holds back after 20 such messages:
#           the client stays connected, its publishing and messages of quality 0 go on, and of quality 1 it never gets another one. 19 do no harm.
# Matters:  twenty readings that cannot be parsed, spread over weeks, and a node's data stops arriving, without an error anywhere, until the next reconnect.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat broker.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s mosquitto >/dev/null 2>&1 || apt-get install -y --no-install-recommends mosquitto >/dev/null
version=$(dpkg-query -W -f '${Version}' mosquitto)
[ "$version" = 2.0.11-1.2+deb12u2 ] || { echo "mosquitto is $version, this was seen on 2.0.11-1.2+deb12u2"; exit 1; }

printf 'listener 18839 127.0.0.1\nallow_anonymous true\n' > broker.conf
mosquitto -c broker.conf >/dev/null 2>&1 &
echo $! > broker.pid
cat > handle.cs <<'E'
#:package MQTTnet@5.2.0.1603
#:property PublishAot=false
using MQTTnet;
using MQTTnet.Protocol;
foreach (var bad in new[] { 19, 20 })
{
    using var publisher = await Connect("publisher", _ => { });
    var seen = new List<string>();
    using var node = await Connect("node", text =>
    {
        seen.Add(text);
        if (text.StartsWith("bad")) throw new FormatException(text);
    });
    await node.SubscribeAsync("readings/#", MqttQualityOfServiceLevel.AtLeastOnce);
    for (var i = 0; i < bad; i++) await Publish($"bad {i}", MqttQualityOfServiceLevel.AtLeastOnce);
    for (var i = 0; i < 10; i++) await Publish($"good {i}", MqttQualityOfServiceLevel.AtLeastOnce);
    await Publish("quality 0", MqttQualityOfServiceLevel.AtMostOnce);
    await Task.Delay(2000);
    Console.WriteLine($"{bad} bad, then 10 good, one of quality 0: handled {seen.Count(t => t.StartsWith("bad"))} bad, {seen.Count(t => t.StartsWith("good"))} good, "
        + $"{seen.Count(t => t == "quality 0")} of quality 0; connected {node.IsConnected}");

    Task Publish(string text, MqttQualityOfServiceLevel quality) => publisher.PublishStringAsync("readings/edge-1", text, quality);
}

static async Task<IMqttClient> Connect(string id, Action<string> handle)
{
    var client = new MqttClientFactory().CreateMqttClient();
    client.ApplicationMessageReceivedAsync += message =>
    {
        handle(message.ApplicationMessage.ConvertPayloadToString()!);
        return Task.CompletedTask;
    };
    await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", 18839).WithClientId(id).Build());
    return client;
}
E
cat > expected <<'E'
19 bad, then 10 good, one of quality 0: handled 19 bad, 10 good, 1 of quality 0; connected True
20 bad, then 10 good, one of quality 0: handled 20 bad, 0 good, 1 of quality 0; connected True
E
dotnet run handle.cs > seen
cat seen
diff expected seen || { echo "CHANGED: client and broker do otherwise than noted"; exit 1; }
