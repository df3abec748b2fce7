namespace Parley.Shell;

/// <summary>A folder for the front of a PATH, in which <c>wscat</c> and <c>parley</c> are this program.</summary>
internal static class ToolFolder
{
    /// <summary>Writes the tools anew, because the program may have moved, each in one step: another shell may be using them.</summary>
    public static string Prepare(string folder, IReadOnlyList<string> program)
    {
        OwnerOnly.CreateFolder(folder);
        string command = string.Join(' ', program.Select(Quote));
        Write(Path.Combine(folder, "parley"), command);
        Write(Path.Combine(folder, "wscat"), $"{command} connect");
        return folder;
    }

    /// <summary>How this program was started: its own executable, or the runtime with the assembly.</summary>
    public static IReadOnlyList<string> ThisProgram()
    {
        string process = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, typeof(ToolFolder).Assembly.Location] : [process];
    }

    private static void Write(string file, string command)
    {
        string fresh = $"{file}.{Environment.ProcessId}";
        File.Delete(fresh);
        using (StreamWriter writer = OwnerOnly.Open(fresh, FileMode.CreateNew, executable: true)) writer.Write($"#!/bin/sh\nexec {command} \"$@\"\n");
        File.Move(fresh, file, overwrite: true);
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''")}'";
}
