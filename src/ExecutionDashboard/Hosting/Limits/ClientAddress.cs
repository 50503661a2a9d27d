using System.Net;
using System.Net.Sockets;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>The address by which clients are counted.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The address of a request's client, as text.</summary>
    public static string Of(HttpContext? context) => Of(context?.Connection.RemoteIpAddress);

    /// <summary>An IPv4 address as it is; of an IPv6 address its 64-bit network, because one client has all addresses of it. Empty without one.</summary>
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
