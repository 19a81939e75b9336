using IncidentHub.Domain.Flags;
using Microsoft.AspNetCore.Http.Metadata;

namespace IncidentHub.Response.Flags;

/// <summary>
/// A page whose form has files of a reporter. They are held in memory: what is removed from them is not to be found in a temporary file.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesFilesAttribute : Attribute, IFormOptionsMetadata, IRequestSizeLimitMetadata
{
    private const int Fields = 512 * 1024;
    private const int Files = FlagRules.MaxFilesAtOnce * AttachmentCleaner.MaxSize;

    public long? MaxRequestBodySize => Files + Fields;

    public int? MemoryBufferThreshold => Files + Fields;

    public long? MultipartBodyLengthLimit => Files + Fields;

    public bool? BufferBody => null;

    public long? BufferBodyLengthLimit => null;

    public int? ValueCountLimit => null;

    public int? KeyLengthLimit => null;

    public int? ValueLengthLimit => null;

    public int? MultipartBoundaryLengthLimit => null;

    public int? MultipartHeadersCountLimit => null;

    public int? MultipartHeadersLengthLimit => null;
}
