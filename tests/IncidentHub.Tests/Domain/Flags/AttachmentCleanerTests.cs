using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Flags;
using static IncidentHub.Tests.Support.Pictures;

namespace IncidentHub.Tests.Domain.Flags;

public class AttachmentCleanerTests
{
    private static readonly string[] KeptChunks = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "pHYs"];

    // JFIF, orientation, profile, colour transform; tables, frames and the first scan.
    private static readonly byte[] KeptSegments =
        [0xE0, 0xE1, 0xE2, 0xEE, 0xDB, 0xDC, 0xDD, 0xDA, .. Enumerable.Range(0xC0, 16).Except([0xC8]).Select(m => (byte)m)];

    private static byte[] Icc => Segment(0xE2, "ICC_PROFILE\0\u0001\u0001profile"u8);

    private static byte[] Adobe => Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1]);

    [Fact]
    public void Nothing_is_left_of_where_with_what_and_by_whom_a_picture_was_taken()
    {
        var xmp = Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>MaxCam</x:xmpmeta>"u8);
        var jpeg = Jpeg(Exif(1), xmp, Icc, Adobe, Segment(0xED, "Photoshop 3.0\0MaxCam"u8), Segment(0xFE, "MaxCam made it"u8),
            Segment(0xE2, "MPF\0MaxCam"u8), Segment(0xEF, "MaxCam"u8));
        var clean = Clean([.. jpeg, .. "MaxCam after the end"u8], AttachmentKind.Jpeg);
        Assert.Equal(Jpeg(Icc, Adobe), clean);

        var png = Png(Chunk("gAMA", [0, 0, 0xB1, 0x8F]), Chunk("tEXt", "Author\0MaxCam"u8), Chunk("zTXt", "MaxCam"u8),
            Chunk("iTXt", "MaxCam"u8), Chunk("eXIf", "MaxCam"u8), Chunk("tIME", new byte[7]), Chunk("prVt", "MaxCam"u8));
        Assert.Equal(Png(Chunk("gAMA", [0, 0, 0xB1, 0x8F])), Clean([.. png, .. "MaxCam"u8], AttachmentKind.Png));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(8, true)]
    [InlineData(2, true)]
    public void A_picture_stays_the_way_up_that_it_was_and_of_EXIF_nothing_else_is_kept(int orientation, bool little)
    {
        var clean = Clean(Jpeg(Exif(orientation, little)), AttachmentKind.Jpeg);
        byte[] only = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        Assert.Equal(Jpeg(Segment(0xE1, only)), clean);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void Without_a_turn_there_is_no_EXIF(int orientation) =>
        Assert.Equal(Jpeg(), Clean(Jpeg(Exif(orientation)), AttachmentKind.Jpeg));

    [Fact]
    public void A_thumbnail_shows_nothing_that_was_cut_off()
    {
        byte[] jfif = [.. Jfif[..12], 1, 1, 200, 200, 200];
        byte[] picture = [0xFF, 0xD8, .. Segment(0xE0, jfif), .. Segment(0xE0, "JFXX\0thumbnail"u8), .. Jpeg()[2..]];
        Assert.Equal(Jpeg(), Clean(picture, AttachmentKind.Jpeg));
    }

    [Theory]
    [InlineData("Line one\r\nℓine two", true)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("with a NUL\0", false)]
    public void Text_is_plain_text_in_UTF_8(string text, bool taken)
    {
        var clean = AttachmentCleaner.Clean(Encoding.UTF8.GetBytes(text));
        Assert.Equal(taken, clean.IsOk);
        if (taken) Assert.Equal((AttachmentKind.Text, text), (clean.Value.Kind, Encoding.UTF8.GetString(clean.Value.Content)));
    }

    [Fact]
    public void What_is_something_else_is_refused_whatever_its_name_says()
    {
        foreach (var other in new byte[][]
            {
                [], [0xFF], [0xFF, 0xD8], [0xC3], [.. "PK"u8, 3, 4, 0], [.. "GIF89a"u8, 0, 1], [.. "%PDF-1.7\n"u8, 0xE2, 0xE3],
                [0xFE, 0xFF, 0, 65],
            })
            Assert.Equal(["file"], AttachmentCleaner.Clean(other).Refusal!.Errors!.Keys);
        Assert.Contains("10 MB", AttachmentCleaner.Clean(new byte[AttachmentCleaner.MaxSize + 1]).Refusal!.Errors!["file"][0]);
    }

    [Fact]
    public void A_picture_that_is_cut_off_anywhere_is_refused()
    {
        foreach (var picture in new[] { Jpeg(Exif(6), Icc), Png(Chunk("tEXt", "a\0b"u8)) })
            for (var length = 0; length < picture.Length; length++)
                Assert.False(AttachmentCleaner.Clean(picture.AsSpan(0, length)).IsOk, $"{length} of {picture.Length} bytes");
    }

    [Fact]
    public void A_PNG_with_a_wrong_checksum_order_or_length_is_refused()
    {
        var wrongCrc = Png();
        wrongCrc[Signature.Length + 4 + 4 + 3] ^= 2;
        byte[] huge = [.. Signature, .. Header, 0x7F, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, 1, 2, 3, 4];
        byte[] negative = [.. Signature, .. Header, 0xFF, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, 1, 2, 3, 4];
        foreach (var png in new byte[][]
        {
            wrongCrc, huge, negative, [.. Signature, .. Chunk("IDAT", [1]), .. Header, .. Chunk("IEND", [])],
            [.. Signature, .. Header, .. Chunk("IEND", [])], Png(Header), Png(Chunk("IDAT", [1]), Chunk("PLTE", [1, 2, 3])),
            Png(Chunk("ABCD", [1])), Png(Chunk("gAMA", [1]), Chunk("gAMA", [1])), [.. Signature, .. Chunk("IHDR", new byte[13])],
        })
            Assert.False(AttachmentCleaner.Clean(png).IsOk);
    }

    [Fact]
    public void A_JPEG_whose_lengths_lie_or_whose_parts_are_missing_is_refused()
    {
        foreach (var jpeg in new byte[][]
        {
            [0xFF, 0xD8, 0xFF, 0xDB, 0xFF, 0xFF, 1], [0xFF, 0xD8, 0xFF, 0xE1, 0, 1, 0xFF, 0xD9], [0xFF, 0xD8, 0xFF, 0xE1, 0, 0, 0xFF, 0xD9],
            [0xFF, 0xD8, 0xFF, 0xD9], [0xFF, 0xD8, .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 1, 0xFF, 0xD9],
            [0xFF, 0xD8, 0xFF, 0xD8, .. Jpeg()[2..]], [0xFF, 0xD8, 0xFF, 0xD0, .. Jpeg()[2..]], [.. Jpeg()[..^2], 0xFF, 0xFF],
        })
            Assert.False(AttachmentCleaner.Clean(jpeg).IsOk);
    }

    [Fact]
    public void Random_bytes_and_random_changes_never_break_the_cleaner_and_what_it_gives_is_clean()
    {
        var random = new Random(12);
        byte[][] seeds = [Jpeg(Exif(6), Icc, Adobe, Segment(0xFE, "comment"u8)), Png(Chunk("tEXt", "a\0b"u8), Chunk("PLTE", [1, 2, 3]))];
        for (var n = 0; n < 20_000; n++)
        {
            var file = (byte[])seeds[n % seeds.Length].Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--) file[random.Next(file.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) file = [.. file[..random.Next(file.Length)], .. file[random.Next(file.Length)..]];
            IsCleanOrRefused(file);
        }
    }

    [Fact]
    public void Any_bytes_after_the_beginning_of_a_picture_are_refused_or_cleaned() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(), Gen.Elements(0, 1, 2).ToArbitrary(), (bytes, kind) => IsCleanOrRefused(kind switch
            {
                0 => [0xFF, 0xD8, 0xFF, .. bytes],
                1 => [.. Signature, .. bytes],
                _ => bytes,
            })));

    // Clean again is the same, and nothing is in it but what is needed to show it.
    private static void IsCleanOrRefused(byte[] file)
    {
        if (AttachmentCleaner.Clean(file) is not { IsOk: true } clean) return;
        var (kind, content) = (clean.Value.Kind, clean.Value.Content);
        Assert.Equal(content, AttachmentCleaner.Clean(content).Value.Content);
        Assert.True(content.Length <= file.Length + 40);
        if (kind == AttachmentKind.Png) Assert.Empty(Chunks(content).Except(KeptChunks));
        if (kind == AttachmentKind.Jpeg) Assert.Empty(Segments(content).Except(KeptSegments));
    }

    private static byte[] Clean(byte[] file, AttachmentKind kind)
    {
        var clean = AttachmentCleaner.Clean(file).Value;
        Assert.Equal(kind, clean.Kind);
        return clean.Content;
    }
}
