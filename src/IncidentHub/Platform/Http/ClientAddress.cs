using System.Net;
using System.Net.Sockets;

namespace IncidentHub.Platform.Http;

/// <summary>Who is counted where requests are counted by network address.</summary>
internal static class ClientAddress
{
    /// <summary>Who has an address of IPv6 has all of its /64.</summary>
    public static string Of(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
