namespace Parley.Journal.Tests.Faults;

/// <summary>A step that opens a file, changes what it holds, or makes that durable.</summary>
/// <param name="Number">Which one of the folder, from 1.</param>
/// <param name="File">The file's name without its folder.</param>
internal readonly record struct FileOperation(int Number, string File, FileAction Action);
