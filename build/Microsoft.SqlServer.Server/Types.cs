using System;
using System.IO;

namespace Microsoft.SqlServer.Server;

/// <summary>How a user-defined type is serialised. Names and order are the contract of the SQL client.</summary>
public enum Format { Unknown, Native, UserDefined }

/// <summary>A user-defined type that writes itself.</summary>
public interface IBinarySerialize
{
    /// <summary>Reads the value.</summary>
    void Read(BinaryReader r);

    /// <summary>Writes the value.</summary>
    void Write(BinaryWriter w);
}

/// <summary>A type is not a valid user-defined type.</summary>
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(string message) : base(message) { }

    /// <summary>Makes the error for a type.</summary>
    public static InvalidUdtException Create(Type udtType, string resourceReason) => new($"{udtType}: {resourceReason}");
}

/// <summary>Marks a user-defined type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>How it is serialised.</summary>
    public Format Format { get; } = format;

    /// <summary>Largest size in bytes; -1 for unlimited.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>All values have the same length.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Bytes compare as values do.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>A method that checks a value.</summary>
    public string ValidationMethodName { get; set; }

    /// <summary>The type's name on the server.</summary>
    public string Name { get; set; }
}
