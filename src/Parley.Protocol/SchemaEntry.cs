namespace Parley.Protocol;

/// <summary>Which schema describes the frames of a type.</summary>
/// <param name="Type">The type name on the wire.</param>
/// <param name="Direction">Who sends it, and why.</param>
/// <param name="Dialects">The shapes it describes; 2.1 is written as v2 is.</param>
/// <param name="Path">The schema's file under <c>Schemas/</c>; references between files are relative to it.</param>
public sealed record SchemaEntry(string Type, SchemaDirection Direction, IReadOnlyList<Dialect> Dialects, string Path);
