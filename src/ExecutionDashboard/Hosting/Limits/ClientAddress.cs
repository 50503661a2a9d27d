using System.Net;
using System.Net.Sockets;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>The address that a client counts by.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The address of who asks, as text.</summary>
    public static string Of(HttpContext? context) => Of(context?.Connection.RemoteIpAddress);

    /// <summary>An IPv4 address as it is; of an IPv6 address its network of 64 bits, since one client has all addresses of it. Empty when there is none.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
