using Parley.Journal.Moving;

namespace Parley.Cluster.Moving;

/// <summary>Moves an installation from a data folder to the database of nodes, or back.</summary>
public static class Move
{
    /// <summary>Moves what a folder holds to an empty database.</summary>
    /// <param name="folder">The data folder of a server that does not run; it stays as it is.</param>
    /// <param name="database">As Npgsql writes it, without a password.</param>
    /// <param name="resume">Goes on with a move that was interrupted.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="isOver">Ends it between two transactions; it can be resumed.</param>
    /// <exception cref="Server.Identity.RefusedException">It makes no sense.</exception>
    /// <exception cref="FormatException">The database is given wrongly.</exception>
    /// <exception cref="IOException">One of the two cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">Something is damaged, or is not the same in both places afterwards.</exception>
    /// <exception cref="System.Data.Common.DbException">The same of the database.</exception>
    public static async Task<MoveReport> ToDatabaseAsync(string folder, string database, bool resume, Action<MoveProgress> progress, CancellationToken isOver)
    {
        await using var source = new FolderInstallation(folder);
        await using var target = new DatabaseInstallation(database);
        return await new Mover(source, target, new Batches(), progress, isOver).RunAsync(resume);
    }

    /// <summary>Moves what a database holds to an empty folder.</summary>
    /// <param name="database">A database that no node serves; it stays as it is.</param>
    /// <param name="folder">The folder; made if there is none.</param>
    /// <inheritdoc cref="ToDatabaseAsync"/>
    public static async Task<MoveReport> ToFolderAsync(string database, string folder, bool resume, Action<MoveProgress> progress, CancellationToken isOver)
    {
        await using var source = new DatabaseInstallation(database);
        await using var target = new FolderInstallation(folder);
        return await new Mover(source, target, new Batches(), progress, isOver).RunAsync(resume);
    }
}
