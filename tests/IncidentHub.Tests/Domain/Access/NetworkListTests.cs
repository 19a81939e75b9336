using System.Net;
using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Access;

namespace IncidentHub.Tests.Domain.Access;

public class NetworkListTests
{
    [Theory]
    [InlineData("10.1.0.0/16", "10.1.255.255", "10.2.0.0")]
    [InlineData("10.1.2.3", "10.1.2.3", "10.1.2.4")]
    [InlineData("10.1.0.0/16", "::ffff:10.1.2.3", "::ffff:10.2.2.3")]
    [InlineData("::ffff:10.1.0.0/112", "10.1.2.3", "10.2.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3", "10.1.2.4")]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1")]
    [InlineData("2001:db8::1", "2001:db8::1", "2001:db8::2")]
    [InlineData("0.0.0.0/0", "203.0.113.9", "2001:db8::1")]
    [InlineData("::/0", "2001:db8::1", "203.0.113.9")]
    public void An_address_is_in_its_network_however_it_is_written(string network, string inside, string outside)
    {
        var list = NetworkList.Parse([network])!;
        Assert.True(list.Contains(IPAddress.Parse(inside)));
        Assert.False(list.Contains(IPAddress.Parse(outside)));
        Assert.False(list.Contains(null));
    }

    [Theory]
    [InlineData("10.1.2.3/16")]
    [InlineData("10.1.0.0/33")]
    [InlineData("10.1.0.0/-1")]
    [InlineData("example.org")]
    [InlineData("2001:db8::1/32")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_network_is_refused(string? text) => Assert.Null(NetworkList.Parse([text]));

    [Fact]
    public void Every_IPv4_address_is_in_exactly_the_networks_of_its_prefixes() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll((from bytes in Gen.ArrayOf(Gen.Choose(0, 255), 4)
                     from bits in Gen.Choose(0, 32)
                     from flip in Gen.Choose(0, 31)
                     select (bytes, bits, flip)).ToArbitrary(), x =>
        {
            var value = x.bytes.Aggregate(0u, (all, b) => (all << 8) | (uint)b);
            var network = x.bits == 0 ? 0 : value & (uint.MaxValue << (32 - x.bits));
            var list = NetworkList.Parse([$"{Address(network)}/{x.bits}"])!;
            var other = value ^ (1u << (31 - x.flip));
            return list.Contains(Address(value)) && list.Contains(Address(value).MapToIPv6())
                && list.Contains(Address(other)) == (x.flip >= x.bits)
                && NetworkList.Parse(list.Texts)!.Texts.SequenceEqual(list.Texts);
        }));

    private static IPAddress Address(uint value) =>
        new([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
}
