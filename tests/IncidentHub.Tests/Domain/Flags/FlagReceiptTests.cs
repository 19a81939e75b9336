using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Flags;

namespace IncidentHub.Tests.Domain.Flags;

public sealed class FlagReceiptTests
{
    [Fact]
    public void A_receipt_code_has_four_groups_without_easily_confused_characters()
    {
        Assert.Equal("0000-0000-0000-0000", FlagReceipt.Write(new byte[10]));
        Assert.Equal("ZZZZ-ZZZZ-ZZZZ-ZZZZ", FlagReceipt.Write([.. Enumerable.Repeat((byte)255, 10)]));
        Assert.Equal("0410-61G5-1R3G-G2HA", FlagReceipt.Write([1, 2, 3, 6, 5, 14, 7, 8, 10, 42]));
    }

    [Fact]
    public void Other_bytes_give_another_receipt_and_another_digest()
    {
        var bytes = Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(10);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Two(bytes).ToArbitrary(), pair =>
        {
            var (a, b) = (FlagReceipt.Write(pair.Item1), FlagReceipt.Write(pair.Item2));
            Assert.Equal(pair.Item1.SequenceEqual(pair.Item2), a == b);
            Assert.Equal(a == b, FlagReceipt.Digest(a) == FlagReceipt.Digest(b));
        }));
    }

    [Theory]
    [InlineData("0410-61g5-1r3g-g2ha"), InlineData(" 041061G51R3GG2HA "), InlineData("O4IO-61G5-LR3G-G2HA")]
    public void A_receipt_code_is_recognised_however_it_is_typed(string typed) =>
        Assert.Equal(FlagReceipt.Digest("0410-61G5-1R3G-G2HA"), FlagReceipt.Digest(typed));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("0410"), InlineData("0410-61G5-1R3G-G2HAA"), InlineData("U410-61G5-1R3G-G2HA"),
        InlineData("' OR 1=1 --"), InlineData("\u0660410-61G5-1R3G-G2HA")]
    public void What_cannot_be_a_receipt_has_no_digest(string? typed) => Assert.Null(FlagReceipt.Digest(typed));
}
