using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace IncidentHub.Response.AccessReviews;

/// <summary>
/// Values by a text in UTF-8, found without making a text of it: some ten million times for one log. The hash has a seed of this process,
/// which whoever writes a log does not know.
/// </summary>
internal sealed class Utf8Map<T> where T : class
{
    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private (ulong Hash, byte[] Key, T Value)[] _slots = new (ulong, byte[], T)[1024];
    private int _count;

    public T? Find(ReadOnlySpan<byte> key)
    {
        var hash = Hash(key);
        for (var at = (int)hash & (_slots.Length - 1); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref var slot = ref _slots[at];
            if (slot.Key is null) return null;
            if (slot.Hash == hash && key.SequenceEqual(slot.Key)) return slot.Value;
        }
    }

    /// <summary>Adds a key that is not in it.</summary>
    public void Add(ReadOnlySpan<byte> key, T value)
    {
        if (++_count * 2 > _slots.Length)
        {
            var before = _slots;
            _slots = new (ulong, byte[], T)[before.Length * 2];
            foreach (var slot in before) if (slot.Key is not null) Put(slot);
        }
        Put((Hash(key), key.ToArray(), value));
    }

    private void Put((ulong Hash, byte[] Key, T Value) slot)
    {
        var at = (int)slot.Hash & (_slots.Length - 1);
        while (_slots[at].Key is not null) at = (at + 1) & (_slots.Length - 1);
        _slots[at] = slot;
    }

    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        var hash = Seed ^ (ulong)key.Length;
        for (; key.Length >= 8; key = key[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key));
        var rest = 0UL;
        for (var i = 0; i < key.Length; i++) rest = (rest << 8) | key[i];
        return Mix(hash ^ rest);
    }

    private static ulong Mix(ulong value)
    {
        value *= 0x9E3779B97F4A7C15;
        return BitOperations.RotateLeft(value, 31) ^ (value >> 29);
    }
}
