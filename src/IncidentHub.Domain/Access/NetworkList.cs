using System.Net;
using System.Net.Sockets;

namespace IncidentHub.Domain.Access;

/// <summary>Networks in CIDR notation, IPv4 and IPv6. IPv4-mapped addresses and networks count as IPv4.</summary>
public sealed class NetworkList
{
    public const int MaxNetworks = 20;

    private const int MappedBits = 96;
    private readonly IReadOnlyList<IPNetwork> _networks;

    private NetworkList(IReadOnlyList<IPNetwork> networks) => _networks = networks;

    /// <summary>
    /// Null where a text is no network, such as one with bits after its prefix. An address without a prefix is a network of its own.
    /// </summary>
    public static NetworkList? Parse(IEnumerable<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var networks = new List<IPNetwork>();
        foreach (var text in texts)
        {
            var trimmed = text?.Trim() ?? "";
            if (!trimmed.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(trimmed, out var one))
                networks.Add(Plain(new(one, one.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)));
            else if (IPNetwork.TryParse(trimmed, out var network) && IPAddress.TryParse(trimmed.Split('/')[0], out var first)
                && first.Equals(network.BaseAddress)) networks.Add(Plain(network));
            else return null;
        }
        return new([.. networks.Distinct()]);
    }

    /// <summary>As stored and shown.</summary>
    public IReadOnlyList<string> Texts => [.. _networks.Select(n => n.ToString())];

    /// <param name="address">Null where it is not known: then no network has it.</param>
    public bool Contains(IPAddress? address)
    {
        if (address is null) return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(n => n.Contains(plain));
    }

    private static IPNetwork Plain(IPNetwork network) => network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedBits
        ? new(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedBits) : network;
}
