using System.Net;
using System.Net.Sockets;

namespace IncidentHub.Platform.Http;

/// <summary>The key by which requests are counted per network address.</summary>
internal static class ClientAddress
{
    /// <summary>An IPv6 client controls its whole /64, so it is counted by that prefix.</summary>
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
