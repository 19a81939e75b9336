using System.Text;

namespace IncidentHub.Domain.Flags;

/// <summary>What an attachment is, told by its content.</summary>
public enum AttachmentKind { Jpeg, Png, Text }

/// <summary>An attachment without anything that is not needed to show it.</summary>
public sealed record CleanAttachment(AttachmentKind Kind, byte[] Content);

/// <summary>
/// Takes the files of reporters: a picture may name its camera, its place and its author, which a reporter does not see. What is kept is
/// written anew from the parts that are needed to show it; a file that cannot be read is refused.
/// </summary>
public static class AttachmentCleaner
{
    /// <summary>In bytes: 10 MB.</summary>
    public const int MaxSize = 10 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="field">The field of the refusal.</param>
    public static Result<CleanAttachment> Clean(ReadOnlySpan<byte> file, string field = "file")
    {
        if (file.IsEmpty) return Refusal.Invalid(field, "The file is empty.");
        if (file.Length > MaxSize) return Refusal.Invalid(field, "A file may have at most 10 MB.");
        var (kind, content) =
            JpegCleaner.Is(file) ? (AttachmentKind.Jpeg, JpegCleaner.Clean(file))
            : PngCleaner.Is(file) ? (AttachmentKind.Png, PngCleaner.Clean(file))
            : (AttachmentKind.Text, IsText(file) ? file.ToArray() : null);
        if (content is not null) return new CleanAttachment(kind, content);
        return Refusal.Invalid(field, kind switch
        {
            AttachmentKind.Jpeg => "This JPEG picture is damaged or not complete. Save it again, or take a screenshot of it.",
            AttachmentKind.Png => "This PNG picture is damaged or not complete. Save it again, or take a screenshot of it.",
            AttachmentKind.Text => "This is not a JPEG or PNG picture, and not plain text in UTF-8. Nothing else can be attached.",
        });
    }

    /// <summary>The ending of a file name: the name itself is not kept, as it may tell who sent it.</summary>
    public static string Ending(AttachmentKind kind) => kind switch
    {
        AttachmentKind.Jpeg => "jpg",
        AttachmentKind.Png => "png",
        AttachmentKind.Text => "txt",
    };

    private static bool IsText(ReadOnlySpan<byte> file)
    {
        if (file.Contains((byte)0)) return false;
        try
        {
            Strict.GetCharCount(file);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
