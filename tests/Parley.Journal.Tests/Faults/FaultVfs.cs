using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Parley.Journal.Tests.Faults;

/// <summary>
/// A file layer for SQLite: its own one, with the functions that open, write, sync, truncate and delete led through the
/// <see cref="FaultyFolder"/> that the file lies in. Files elsewhere are untouched.
/// </summary>
internal static unsafe class FaultVfs
{
    public const string Name = "parley-faults";

    private const int IoErrorWrite = 10 | (3 << 8), IoErrorSync = 10 | (4 << 8), IoErrorTruncate = 10 | (6 << 8), IoErrorDelete = 10 | (10 << 8), DiskFull = 13, CannotOpen = 14;

    private static readonly ConcurrentDictionary<nint, string> Paths = [];
    private static readonly ConcurrentDictionary<nint, nint> Tables = [];
    private static readonly Lock Gate = new();
    private static Vfs _original;
    private static bool _isRegistered;

    public static void Register()
    {
        lock (Gate)
        {
            if (_isRegistered) return;
            _isRegistered = true;
            Batteries_V2.Init();
            _original = *(Vfs*)Find(0);
            var copy = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
            *copy = _original;
            copy->Next = 0;
            copy->Name = Marshal.StringToCoTaskMemUTF8(Name);
            copy->Open = &Open;
            copy->Delete = &Delete;
            if (Register((nint)copy, 0) != 0) throw new InvalidOperationException("SQLite did not take the file layer.");
        }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static extern nint Find(nint name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static extern int Register(nint vfs, int makeDefault);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, nint name, OpenFile* file, int flags, int* outFlags)
    {
        file->Methods = null;
        var code = name == 0
            ? _original.Open(vfs, name, file, flags, outFlags)
            : Lead(Marshal.PtrToStringUTF8(name)!, FileAction.Open, CannotOpen, () => _original.Open(vfs, name, file, flags, outFlags));
        if (code == 0 && name != 0 && file->Methods != null)
        {
            Paths[(nint)file] = Marshal.PtrToStringUTF8(name)!;
            file->Methods = Wrap(file->Methods);
        }

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(nint vfs, nint name, int syncFolder) => Lead(
        Marshal.PtrToStringUTF8(name)!, FileAction.Delete, IoErrorDelete, () => _original.Delete(vfs, name, syncFolder));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(OpenFile* file)
    {
        var close = Original(file).Close;
        Paths.TryRemove((nint)file, out _);
        return close(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, byte* bytes, int count, long offset)
    {
        var write = Original(file).Write;
        return Lead(Paths[(nint)file], FileAction.Write, IoErrorWrite, () => write(file, bytes, count, offset), () => write(file, bytes, count / 2, offset));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(OpenFile* file, int flags)
    {
        var sync = Original(file).Sync;
        return Lead(Paths[(nint)file], FileAction.Sync, IoErrorSync, () => sync(file, flags));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(OpenFile* file, long size)
    {
        var truncate = Original(file).Truncate;
        return Lead(Paths[(nint)file], FileAction.Truncate, IoErrorTruncate, () => truncate(file, size));
    }

    private static int Lead(string path, FileAction action, int error, Func<int> work, Func<int>? half = null)
    {
        return FaultyFolder.Of(path) is { } folder ? folder.Do(path, action, Do) : work();

        int Do(Fault fault)
        {
            switch (fault)
            {
                case Fault.None: return work();
                case Fault.Full when error != CannotOpen: return DiskFull;
                case Fault.Torn: half?.Invoke(); return error;
                case Fault.ErrorAfterwards when error != CannotOpen: work(); return error;
                default: return error;
            }
        }
    }

    private static ref Methods Original(OpenFile* file) => ref *((WrappedMethods*)file->Methods)->Original;

    private static Methods* Wrap(Methods* original) => (Methods*)Tables.GetOrAdd((nint)original, static key =>
    {
        var wrapped = (WrappedMethods*)NativeMemory.Alloc((nuint)sizeof(WrappedMethods));
        wrapped->Methods = *(Methods*)key;
        wrapped->Methods.Close = &Close;
        wrapped->Methods.Write = &Write;
        wrapped->Methods.Truncate = &Truncate;
        wrapped->Methods.Sync = &Sync;
        wrapped->Original = (Methods*)key;
        return (nint)wrapped;
    });

    /// <summary><c>sqlite3_file</c>.</summary>
    private struct OpenFile
    {
        public Methods* Methods;
    }

    private struct WrappedMethods
    {
        public Methods Methods;
        public Methods* Original;
    }

    /// <summary><c>sqlite3_io_methods</c>; what is only copied has no type.</summary>
    private struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
        public nint Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;
        public nint FileSize, Lock, Unlock, CheckReservedLock, FileControl, SectorSize, DeviceCharacteristics;
        public nint ShmMap, ShmLock, ShmBarrier, ShmUnmap, Fetch, Unfetch;
    }

#pragma warning disable CS0649 // SQLite fills the fields
    /// <summary><c>sqlite3_vfs</c>; what is only copied has no type.</summary>
    private struct Vfs
    {
        public int Version, FileSize, MaxPath;
        public nint Next, Name, AppData;
        public delegate* unmanaged[Cdecl]<nint, nint, OpenFile*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<nint, nint, int, int> Delete;
        public nint Access, FullPathname, DlOpen, DlError, DlSym, DlClose, Randomness, Sleep, CurrentTime, GetLastError, CurrentTimeInt64;
        public nint SetSystemCall, GetSystemCall, NextSystemCall;
    }
}
