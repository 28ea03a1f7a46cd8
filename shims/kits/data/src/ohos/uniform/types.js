// @concord:uniform/types: the types of uniform data: a tree by indentation. A line has the id of a type, the name of its constant if it
// has one, `+` and a further type that it belongs to, extensions of file names, MIME types; `|` continues the line before.
// Not a module of the platform.
(function () {
  'use strict';

  const TREE = `
general.entity ENTITY
 general.file FILE
 general.directory DIRECTORY
  general.folder FOLDER
  openharmony.package OPENHARMONY_PACKAGE
   openharmony.hap OPENHARMONY_HAP .hap
   openharmony.app .app
   openharmony.hsp .hsp
   openharmony.har .har
 general.symlink SYMLINK
general.object OBJECT */*
 general.text TEXT text/*
  general.plain-text PLAIN_TEXT .txt .text text/plain
   general.chess-pgn .pgn application/x-chess-pgn application/vnd.chess-pgn
   com.netscape.proxy-autoconfig .pac application/x-ns-proxy-autoconfig
   general.text-lst .lst
  general.html HTML .html .htm text/html
  general.hyperlink HYPERLINK
  general.xml XML .xml text/xml
   com.real.smil SMIL .smil application/smil
   general.mathml .mml text/mathml application/mathml+xml
   general.xhtml XHTML .xhtml application/xhtml+xml
   general.rss RSS .rss application/rss+xml
   general.rdf .rdf application/rdf+xml
   com.microsoft.windows-media-playlist +general.media .wpl application/vnd.ms-wpl
   org.gnumeric.spreadsheet .gnumeric application/x-gnumeric
   com.microsoft.sccd .sccd
   general.kml +general.navigation .kml application/vnd.google-earth.kml+xml
   general.gpx +general.navigation .gpx application/gpx+xml
  general.source-code SOURCE_CODE
   general.script SCRIPT
    general.shell-script SHELL_SCRIPT .sh .command text/x-shellscript
     general.csh-script CSH_SCRIPT .csh text/x-csh
     general.perl-script PERL_SCRIPT .pl .pm text/x-perl-script
     general.php-script PHP_SCRIPT .php .php3 .php4 .ph3 .ph4 .phtml text/x-php-script text/php application/php
     general.python-script PYTHON_SCRIPT .py text/x-python-script
     general.ruby-script RUBY_SCRIPT .rb .rbw text/ruby-script
    general.css CSS .css text/css
    general.haskell-script .hs text/x-haskell
    general.literate-haskell-script .lhs text/x-literate-haskell
    general.tcl-script .tcl text/x-tcl
    general.json .json application/json
    general.yaml .yaml .yml application/yaml
    general.ets .ets
    general.json5 .json5
    com.microsoft.dos-batch .bat application/x-bat
    com.microsoft.vbscript .vbs application/x-vbs
    com.microsoft.powershell-script .ps1
   general.type-script TYPE_SCRIPT .ts
   general.java-script JAVA_SCRIPT .js .jscript .javascript text/javascript
   general.c-header C_HEADER .h text/x-chdr
   general.c-source C_SOURCE .c text/x-csrc
   general.c-plus-plus-header C_PLUS_PLUS_HEADER .hpp .h++ .hxx .hh text/x-c++hdr
   general.c-plus-plus-source C_PLUS_PLUS_SOURCE .cp .cpp .c++ .cc .cxx text/x-c++src
   general.java-source JAVA_SOURCE .java .jav text/x-java
   general.tex TEX
    general.dvi .dvi application/x-dvi
    org.tug.bib .bib text/x-bibtex
    org.tug.cls .cls text/x-tex
    org.tug.sty .sty text/x-tex
    org.tug.tex .tex text/x-tex
    org.latex-project.latex .ltx .latex application/x-latex
   general.boo-source .boo text/x-boo
   general.d-source .d text/x-dsrc
   general.html-component .htc text/x-component
   general.pascal-source .p .pas text/x-pascal
   io.qt.moc .moc text/x-moc
   org.gnu.texinfo .texinfo .texi application/x-texinfo
  general.markdown MARKDOWN .md .markdown .markdn .mdown text/markdown
  general.calendar CALENDAR text/calendar
   general.vcs VCS .vcs text/calendar
   general.ics ICS .ics text/calendar
  general.asc-text ASC_TEXT .asc text/plain
  general.portable-object .po text/plain
  general.rich-text RICH_TEXT .rtf .rtx text/rtf text/richtext
  general.delimited-values-text DELIMITED_VALUES_TEXT
   general.comma-separated-values-text COMMA_SEPARATED_VALUES_TEXT .csv text/csv
   general.tab-separated-values-text TAB_SEPARATED_VALUES_TEXT .tsv text/tab-separated-values
  general.diff .diff text/plain
  general.setext .etx text/x-setext
  general.gcd .gcd text/x-pcs-gcd
  general.p7r .p7r application/x-pkcs7-certreqresp
  general.pem .pem application/x-pem-file
  com.microsoft.internet.ins .ins application/x-internet-signup
  com.microsoft.internet.isp .isp application/x-internet-signup
  org.troff .man .t .roff text/troff
  com.wolfram.mathematica.notebook .nb application/mathematica
  com.apple.quicktime-link .qtl application/x-quicktimeplayer
  com.red-bean.sgf .sgf application/x-go-sgf
  org.bittorrent.torrent .torrent application/x-bittorrent
  com.autodesk.line .lin
  com.spatial.acis.sat .sat
  com.microsoft.ini .ini
  general.log .log text/plain
  com.huawei.hmos.settings.wifi .hmoswifi
  general.tel .tel
  general.conf .conf
  general.ion .ion
  com.microsoft.inf .inf text/plain
 general.media MEDIA
  general.image IMAGE image/*
   general.jpeg JPEG .jpg .jpeg .jpe image/jpeg
   general.png PNG .png image/png
   general.raw-image RAW_IMAGE
    com.canon.cr2-raw-image .cr2 image/x-canon-cr2
    com.canon.cr3-raw-image .cr3 image/x-canon-cr3
    com.canon.crw-raw-image .crw image/x-canon-crw
    com.adobe.dng-raw-image .dng image/x-adobe-dng
    com.sony.arw-raw-image .arw image/x-sony-arw
    com.nikon.nef-raw-image .nef image/x-nikon-nef
    com.fujifilm.raf-raw-image .raf image/x-fuji-raf
    com.nikon.nrw-raw-image .nrw image/x-nikon-nrw
    com.panasonic.rw2-raw-image .rw2 .raw image/x-panasonic-raw
    com.pentax.pef-raw-image .pef image/x-pentax-pef
    com.sumsung.srw-raw-image .srw image/x-samsung-srw
    com.epson.erf-raw-image .erf image/x-epson-erf
    com.olympus.orf-raw-image .orf image/x-olympus-orf
   general.tiff TIFF .tif .tiff image/tiff
   com.microsoft.bmp BMP .bmp .bm image/bmp image/x-ms-bmp
   com.microsoft.ico ICO .ico image/ico image/x-icon
   com.adobe.photoshop-image PHOTOSHOP_IMAGE .psd image/x-photoshop image/photoshop image/psd application/photoshop
   com.adobe.illustrator.ai-image AI_IMAGE .ai
   general.fax FAX
    com.j2.jfx-fax JFX_FAX .jfx
    com.js.efx-fax EFX_FAX .efx image/efax
   general.xbitmap-image XBITMAP_IMAGE .xbm image/x-xbitmap image/x-xbm
   com.truevision.tga-image TGA_IMAGE .tga image/targa image/tga application/tga
   com.sgi.sgi-image SGI_IMAGE .sgi image/sgi
   com.ilm.openexr-image OPENEXR_IMAGE .exr
   com.kodak.flashpix.image FLASHPIX_IMAGE .fpx image/fpx application/vnd.fpx
   openharmony.pixel-map OPENHARMONY_PIXEL_MAP
   general.gif GIF .gif image/gif
   general.djvu-image .djv .djvu image/vnd.djvu
   general.jng-image .jng image/x-jng
   general.pcx-image .pcx image/vnd.zbrush.pcx
   general.pbm-image .pbm image/x-portable-bitmap
   general.pgm-image .pgm image/x-portable-graymap
   general.pnm-image .pnm image/x-portable-anymap
   general.ppm-image .ppm image/x-portable-pixmap
   general.rgb-image .rgb image/x-rgb
   general.svg-image .svg .svgz image/svg+xml
   general.wbmp-image .wbmp image/vnd.wap.wbmp
   general.xpixmap-image .xpm image/x-xpixmap
   general.xwindowdump-image .xwd image/x-xwindowdump
   general.heif .heif .heifs .hif image/heif
   general.heic .heic .heics image/heic
   com.coreldraw.cdr .cdr image/x-coreldraw
   com.coreldraw.cdt .cdt image/x-coreldrawtemplate
   com.coreldraw.cpt .cpt image/x-corelphotopaint
   com.coreldraw.pat .pat image/x-coreldrawpattern
   com.microsoft.cur .cur image/ico
   com.sun.raster .ras image/x-cmu-raster
   com.google.webp .webp image/webp
   org.gimp.xcf .xcf application/x-xcf image/x-xcf
   org.aomedia.avif-image .avif image/avif
   com.microsoft.dds .dds image/vnd-ms.dds
   com.ea.iff-ilbm .ilbm image/x-ilbm
   general.jpeg-2000 .jp2 .jpg2 .jpx .jpf .jpm image/jp2 image/jpx image/jpm
   general.ief-image .ief image/ief
   com.aol.art-image .art image/x-jg
  general.video VIDEO video/*
   general.avi AVI .avi .vfw video/avi video/msvideo video/x-msvideo
   general.mpeg MPEG .mpg .mpeg .m75 .m15 .mpe video/mpg video/mpeg video/x-mpg video/x-mpeg
   general.mpeg-4 MPEG4 .mp4 .mp4v .mpeg4 video/mp4 video/mp4v
   general.3gpp VIDEO_3GPP .3gp .3gpp video/3gpp
   general.3gpp2 VIDEO_3GPP2 .3g2 .3gp2 .3gpp2 video/3gpp2
   com.microsoft.windows-media-wm WINDOWS_MEDIA_WM +com.microsoft.advanced-systems-format .wm video/x-ms-wm
   com.microsoft.windows-media-wmv WINDOWS_MEDIA_WMV +com.microsoft.advanced-systems-format .wmv video/x-ms-wmv
   com.microsoft.windows-media-wmp WINDOWS_MEDIA_WMP +com.microsoft.advanced-systems-format .wmp video/x-ms-wmp
   com.microsoft.windows-media-wvx WINDOWS_MEDIA_WVX +com.microsoft.advanced-systems-format .wvx video/x-ms-wvx
   com.microsoft.windows-media-wmx WINDOWS_MEDIA_WMX +com.microsoft.advanced-systems-format .wmx video/x-ms-wmx
   com.real.realmedia REALMEDIA .rm application/vnd.rn-realmedia
   com.microsoft.advanced-stream-redirector .asx video/x-ms-asf
   general.vob .vob video/mpeg video/x-ms-vob
   general.dif-video .dif video/dv
   general.dv-video .dv video/dv
   general.flc-animation .fli .flc video/fli video/flc
   general.mng .mng video/x-mng
   general.mpegurl-video MPEGURL_VIDEO .mxu .m4u video/vnd.mpegurl
   general.ts TS .ts video/mp2ts video/mp2t
   org.matroska.mkv MATROSKA_VIDEO .mkv video/x-matroska
   com.sgi.movie .movie video/x-sgi-movie
   com.apple.m4v .m4v video/m4v
   org.webmproject.webm .webm video/webm
   com.apple.quicktime-movie .mov .qt .movie video/quicktime
   com.adobe.dcr .dcr application/x-director
   com.adobe.dir .dir application/x-director
   com.adobe.dxr .dxr application/x-director
   com.adobe.futuresplash .spl application/futuresplash application/x-futuresplash
   com.adobe.flash FLASH .swf .flv application/x-shockwave-flash video/x-flv
   com.adobe.f4v .f4v video/mp4
   general.mp2t .m2ts .mts .m2t video/mp2t
   com.youtube.video .yt .vt video/vnd.youtube.yt
   com.cisco.webex-video .wrf video/x-webex
   general.mpeg-2 .mpeg2 .mpv2 .mp2v .m2v .mpv video/mpeg
   general.mpeg-1 .mpeg1 .mpv1 .mp1v .m1v video/mpeg
   com.real.realmedia-vbr .rmvb application/vnd.rn-realmedia-vbr
   com.real.realvideo .rv video/x-pn-realvideo
   general.divx-video .divx video/divx
   org.csiro.annodex .axv video/annodex
   general.ogv .ogv video/ogg
   com.microsoft.lsf-video .lsf .lsx video/x-la-asf
   general.h264-video .h264 video/H264
  general.audio AUDIO audio/*
   general.aac AAC .aac audio/aac
   general.aiff AIFF .aiff audio/aiff
   general.alac ALAC .alac audio/alac
   general.flac FLAC .flac audio/flac
   general.mp3 MP3 .mp3 audio/mp3
   general.ogg OGG .ogg audio/ogg
   general.pcm PCM .pcm audio/pcm
   com.microsoft.windows-media-wma WINDOWS_MEDIA_WMA +com.microsoft.advanced-systems-format .wma audio/x-ms-wma
   com.microsoft.waveform-audio WAVEFORM_AUDIO +com.microsoft.advanced-systems-format .wav .wave audio/wav audio/wave audio/x-wav
   com.microsoft.windows-media-wax WINDOWS_MEDIA_WAX +com.microsoft.advanced-systems-format .wax audio/x-ms-wax
   general.au-audio AU_AUDIO .au .snd audio/basic audio/au audio/snd
   general.aifc-audio AIFC_AUDIO .aifc .aif .aiff audio/x-aiff
   com.digidesign.sd2-audio SD2_AUDIO .sd2 audio/x-sd2
   com.real.realaudio REALAUDIO .ram .ra audio/vnd.rn-realaudio audio/x-pn-realaudio
   general.amr .amr audio/amr
   general.amr-wb .awb audio/amr-wb
   general.gsm .gsm audio/x-gsm audio/gsm
   general.imy .imy audio/imelody
   general.kar .kar audio/midi
   general.mpegurl-audio MPEGURL_AUDIO .m3u audio/mpegurl audio/x-mpegurl
   general.mpeg-4-audio MPEG_4_AUDIO .m4a .m4b audio/mpeg
   general.midi-audio .mid .midi audio/midi
   general.mp2 MP2 .mp2 audio/mpeg
   general.mpeg-audio MPEG_AUDIO .mpga audio/mpeg
   general.mxmf .mxmf audio/mobile-xmf
   general.ota .ota audio/midi
   general.pls .pls audio/x-scpls
   general.rtttl .rtttl audio/midi
   general.psid .sid .psid audio/prs.sid
   general.ulaw-audio ULAW_AUDIO .au .ulw .snd audio/basic audio/au audio/snd
   general.xmf .xmf audio/midi
   org.matroska.mka MATROSKA_AUDIO .mka audio/x-matroska
   com.sseyo.koan-audio .skd .skm .skp .skt application/x-koan
   com.yamaha.smaf .mmf application/vnd.smaf
   org.xiph.ogg .oga .ogg application/ogg
   com.monkeysaudio.ape-audio .ape audio/x-monkeys-audio
   org.xiph.opus-audio .opus audio/opus
   com.apple.m4p-audio .m4p audio/mp4
   general.ac3-audio .ac3 audio/ac3
   com.apple.coreaudio-format .caf audio/x-caf
  com.microsoft.advanced-systems-format .asf video/x-ms-asf application/vnd.ms-asf
   com.microsoft.windows-media-wmd +general.zip-archive .wmd application/x-ms-wmd
   com.microsoft.windows-media-wmz +general.zip-archive .wmz application/x-ms-wmz
  openharmony.moving-photo
  com.apple.media.playlist .m3u8 application/vnd.apple.mpegurl
 general.font FONT
  general.truetype-font TRUETYPE_FONT .ttf font/ttf
  general.truetype-collection-font TRUETYPE_COLLECTION_FONT .ttc font/collection
  general.opentype-font OPENTYPE_FONT .otf font/otf
  com.adobe.postscript-font POSTSCRIPT_FONT
   com.adobe.postscript-pfb-font POSTSCRIPT_PFB_FONT .pfb application/x-font
   com.adobe.postscript-pfa-font POSTSCRIPT_PFA_FONT .pfa application/x-font
  com.ghostscript.font .gsf application/x-font
  org.x.pcf-font .pcf application/x-font application/x-font-pcf
  org.w3.woff .woff font/woff
 general.composite-object COMPOSITE_OBJECT
  general.ebook EBOOK
   general.epub EPUB .epub application/epub+zip
   com.amazon.azw AZW .azw application/vnd.amazon.ebook
   com.amazon.azw3 AZW3 .azw3 application/vnd.amazon.mobi8-ebook application/x-mobi8-ebook
   com.amazon.kfx KFX .kfx
   com.amazon.mobi MOBI .mobi application/x-mobipocket-ebook
  com.microsoft.word.doc WORD_DOC .doc application/msword
  com.microsoft.excel.xls EXCEL .xls application/vnd.ms-excel
  com.microsoft.powerpoint.ppt PPT .ppt application/vnd.ms-powerpoint
  com.adobe.pdf PDF .pdf application/pdf
  com.adobe.postscript POSTSCRIPT .ps application/postscript
   com.adobe.encapsulated-postscript ENCAPSULATED_POSTSCRIPT .eps
  org.openxmlformats.wordprocessingml.document WORDPROCESSINGML_DOCUMENT +org.openxmlformats.openxml .docx
  | application/vnd.openxmlformats-officedocument.wordprocessingml.document
  org.openxmlformats.spreadsheetml.sheet SPREADSHEETML_SHEET +org.openxmlformats.openxml .xlsx
  | application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
  org.openxmlformats.presentationml.presentation PRESENTATIONML_PRESENTATION +org.openxmlformats.openxml .pptx
  | application/vnd.openxmlformats-officedocument.presentationml.presentation
  org.oasis.opendocument.text OPENDOCUMENT_TEXT +org.oasis.opendocument .odt .fodt application/vnd.oasis.opendocument.text
  org.oasis.opendocument.spreadsheet OPENDOCUMENT_SPREADSHEET +org.oasis.opendocument .ods .fods
  | application/vnd.oasis.opendocument.spreadsheet
  org.oasis.opendocument.presentation OPENDOCUMENT_PRESENTATION +org.oasis.opendocument .odp .fodp
  | application/vnd.oasis.opendocument.presentation
  org.oasis.opendocument.graphics OPENDOCUMENT_GRAPHICS +org.oasis.opendocument .odg .fodg application/vnd.oasis.opendocument.graphics
  openharmony.hdoc OPENHARMONY_HDOC .hdoc
  openharmony.hinote OPENHARMONY_HINOTE .hinote
  openharmony.styled-string OPENHARMONY_STYLED_STRING
  general.ofd OFD .ofd
  general.prn .prn
  com.microsoft.word.dot WORD_DOT .dot application/msword
  com.microsoft.powerpoint.pps POWERPOINT_PPS .pps application/vnd.ms-powerpoint
  com.microsoft.powerpoint.pot POWERPOINT_POT .pot application/vnd.ms-powerpoint
  com.microsoft.excel.xlt EXCEL_XLT .xlt application/vnd.ms-excel
  com.microsoft.visio.vsd VISIO_VSD .vsd application/vnd.visio
  com.microsoft.publisher.pub .pub application/x-mspublisher
  com.3dsystems.stereolithography .stl application/vnd.ms-pki.stl
  com.abisource.word .abw application/x-abiword
  com.adobe.framemaker .book .fm .frame .maker application/x-maker
  com.wolfram.cdf .cdf application/x-cdf
  de.cinderella.cdy .cdy application/vnd.cinderella
  org.hdfgroup.hdf .hdf application/x-hdf
  com.adobe.framemaker.mif .mif application/vnd.mif
  io.sourceforge.freemind .mm application/x-freemind
  com.edrawsoft.edrawmax .eddx application/x-eddx
  com.edrawsoft.edrawmind .emmx application/x-emmx
  net.cnki.caj .caj application/caj
  com.autodesk.dwg .dwg image/vnd.dwg
  com.autodesk.dxf .dxf image/vnd.dxf
  com.autodesk.dws .dws
  com.autodesk.dwt .dwt
  com.autodesk.dwf .dwf model/vnd.dwf
  com.autodesk.dwfx .dwfx
  com.autodesk.shp .shp
  com.autodesk.shx .shx
  com.autodesk.slide-library .slb
  com.autodesk.plotter .plt
  com.hp.graphics-language .hpgl application/vnd.hp-hpgl
  com.microsoft.metafile .wmf
  com.mindjet.mindmanager.mmap .mmap
  com.microsoft.excel.dif .dif
  openharmony.dlp .dlp
  com.apple.iwork.keynote.key +com.apple.iwork .key application/vnd.apple.keynote
  com.apple.iwork.numbers.numbers +com.apple.iwork .numbers application/vnd.apple.numbers
  com.apple.iwork.pages.pages +com.apple.iwork .pages application/vnd.apple.pages
 general.archive ARCHIVE
  general.bz2-archive BZ2_ARCHIVE .bz2 .bzip2 application/x-bzip2
   general.tar-bzip2-archive .tbz2 application/x-bzip2-compressed-tar
  general.disk-image DISK_IMAGE
   macos.dmg .dmg application/x-apple-diskimage
   general.virtual-cd .vcd application/x-cdlink
   general.iso ISO .iso application/x-iso9660-image
   general.hfs-disk-image .hfs
   general.img-disk-image .img application/x-raw-disk-image
   com.ezbsystems.zipped-iso .isz
   com.microsoft.wim .wim application/x-ms-wim
   com.microsoft.swm .swm application/x-ms-wim
  general.tar-archive TAR_ARCHIVE .tar application/x-tar application/tar
   general.taz-archive TAZ_ARCHIVE .taz .tar.z .tz application/x-gtar
  general.zip-archive ZIP_ARCHIVE .zip application/zip
  com.sun.java-archive JAVA_ARCHIVE +general.executable .jar application/java-archive
  org.gnu.gnu-tar-archive GNU_TAR_ARCHIVE .gtar application/x-gtar
  org.gnu.gnu-zip-archive GNU_ZIP_ARCHIVE .gz .gzip application/x-gzip application/gzip
  org.gnu.gnu-zip-tar-archive GNU_ZIP_TAR_ARCHIVE .tgz application/x-gtar
  org.openxmlformats.openxml OPENXML
   org.openxmlformats.drawingml.visio DRAWINGML_VISIO +general.composite-object .vsdx
   | application/vnd.openxmlformats-officedocument.drawingml.drawing
   org.openxmlformats.drawingml.template DRAWINGML_TEMPLATE +general.composite-object .vstx
   org.openxmlformats.drawingml.visio.macroenabled +general.composite-object .vsdm
   org.openxmlformats.drawingml.template.macroenabled +general.composite-object .vstm
   org.openxmlformats.wordprocessingml.template WORDPROCESSINGML_TEMPLATE +general.composite-object .dotx
   | application/vnd.openxmlformats-officedocument.wordprocessingml.template
   org.openxmlformats.presentationml.template PRESENTATIONML_TEMPLATE +general.composite-object .potx
   | application/vnd.openxmlformats-officedocument.presentationml.template
   org.openxmlformats.presentationml.slideshow PRESENTATIONML_SLIDESHOW +general.composite-object .ppsx
   | application/vnd.openxmlformats-officedocument.presentationml.slideshow
   org.openxmlformats.spreadsheetml.template SPREADSHEETML_TEMPLATE +general.composite-object .xltx
   | application/vnd.openxmlformats-officedocument.spreadsheetml.template
   org.openxmlformats.wordprocessingml.document.macroenabled +general.composite-object +general.executable .docm
   | application/vnd.ms-word.document.macroEnabled.12
   org.openxmlformats.wordprocessingml.template.macroenabled +general.composite-object +general.executable .dotm
   | application/vnd.ms-word.template.macroEnabled.12
   org.openxmlformats.spreadsheetml.template.macroenabled +general.composite-object +general.executable .xltm
   | application/vnd.ms-excel.template.macroEnabled.12
   org.openxmlformats.spreadsheetml.addin.macroenabled +general.composite-object +general.executable .xlam
   | application/vnd.ms-excel.addin.macroEnabled.12
   org.openxmlformats.spreadsheetml.binary.macroenabled +general.composite-object +general.executable .xlsb
   | application/vnd.ms-excel.sheet.binary.macroEnabled.12
   org.openxmlformats.spreadsheetml.sheet.macroenabled +general.composite-object +general.executable .xlsm
   | application/vnd.ms-excel.sheet.macroEnabled.12
   org.openxmlformats.presentationml.addin.macroenabled +general.composite-object +general.executable .ppam
   | application/vnd.ms-powerpoint.addin.macroEnabled.12
   org.openxmlformats.presentationml.presentation.macroenabled +general.composite-object +general.executable .pptm
   | application/vnd.ms-powerpoint.presentation.macroEnabled.12
   org.openxmlformats.presentationml.slideshow.macroenabled +general.composite-object +general.executable .ppsm
   | application/vnd.ms-powerpoint.slideshow.macroEnabled.12
   org.openxmlformats.presentationml.template.macroenabled +general.composite-object +general.executable .potm
   | application/vnd.ms-powerpoint.template.macroEnabled.12
  org.oasis.opendocument OPENDOCUMENT
   org.oasis.opendocument.formula OPENDOCUMENT_FORMULA .odf application/vnd.oasis.opendocument.formula
   org.oasis-open.opendocument.chart +general.composite-object .odc application/vnd.oasis.opendocument.chart
   org.oasis-open.opendocument.text-master +general.composite-object .odm application/vnd.oasis.opendocument.text-master
   org.oasis-open.opendocument.text-web +general.composite-object .oth application/vnd.oasis.opendocument.text-web
   org.oasis-open.opendocument.database +general.database .odb application/vnd.oasis.opendocument.database
   org.oasis-open.opendocument.image +general.image .odi application/vnd.oasis.opendocument.image
   org.oasis-open.opendocument.formula-template +general.composite-object .otf application/vnd.oasis.opendocument.formula-template
   org.oasis-open.opendocument.chart-template +general.composite-object .otc application/vnd.oasis.opendocument.chart-template
   org.oasis-open.opendocument.presentation-template +general.composite-object .otp application/vnd.oasis.opendocument.presentation-template
   org.oasis-open.opendocument.image-template +general.image .oti application/vnd.oasis.opendocument.image-template
   org.oasis-open.opendocument.graphics-template +general.composite-object .otg application/vnd.oasis.opendocument.graphics-template
   org.oasis-open.opendocument.spreadsheet-template +general.composite-object .ots application/vnd.oasis.opendocument.spreadsheet-template
   org.oasis-open.opendocument.text-template +general.composite-object .ott application/vnd.oasis.opendocument.text-template
  com.allume.stuffit-archive STUFFIT_ARCHIVE .sit .sitx application/x-stuffit application/x-sit application/stuffit
  debian.deb .deb .udeb application/x-debian-package application/vnd.debian.binary-package
  general.opg OPG .opg
  general.lha-archive .lha application/x-lha
  general.lzh-archive .lzh application/x-lzh
  general.lzx-archive .lzx application/x-lzx
  general.shar-archive .shar application/x-shar
  general.cpio-archive .cpio application/x-cpio
  general.web-archive WEB_ARCHIVE .mht .mhtml application/x-mimearchive
  general.ustar .ustar application/x-ustar
  org.openoffice
   org.openoffice.calc +general.composite-object .sxc application/vnd.sun.xml.calc
   org.openoffice.draw +general.composite-object .sxd application/vnd.sun.xml.draw
   org.openoffice.writer-global +general.composite-object .sxg application/vnd.sun.xml.writer.global
   org.openoffice.impress +general.composite-object .sxi application/vnd.sun.xml.impress
   org.openoffice.math +general.composite-object .sxm application/vnd.sun.xml.math
   org.openoffice.writer +general.composite-object .sxw application/vnd.sun.xml.writer
   org.openoffice.calc.template +general.composite-object .stc application/vnd.sun.xml.calc.template
   org.openoffice.draw.template +general.composite-object .std application/vnd.sun.xml.draw.template
   org.openoffice.impress.template +general.composite-object .sti application/vnd.sun.xml.impress.template
   org.openoffice.writer.template +general.composite-object .stw application/vnd.sun.xml.writer.template
  com.staroffice
   com.staroffice.draw +general.composite-object .sda application/vnd.stardivision.draw
   com.staroffice.calc +general.composite-object .sdc application/vnd.stardivision.calc
   com.staroffice.impress +general.composite-object .sdd .sdp application/vnd.stardivision.impress
   com.staroffice.writer +general.composite-object .sdw application/vnd.stardivision.writer
   com.staroffice.chart +general.composite-object .sds application/vnd.stardivision.chart
   com.staroffice.mail +general.composite-object .sdm application/vnd.stardivision.mail
   com.staroffice.writer-global +general.composite-object .sgl application/vnd.stardivision.writer-global
   com.staroffice.math +general.composite-object .smf application/vnd.stardivision.math
   com.staroffice.template +general.composite-object .vor application/vnd.stardivision.template
  com.apple.binhex-archive .hqx application/mac-binhex40
  com.microsoft.hta +general.executable .hta application/hta
  com.rsa.pkcs-12 .pfx .p12 application/x-pkcs12
  com.rarlab.rar-archive RAR_ARCHIVE .rar application/rar application/vnd.rar
  org.7-zip.7-zip-archive SEVEN_ZIP_ARCHIVE .7z application/x-7z-compressed
  com.stuffit.sit-archive .sit application/x-stuffit
  com.idsoftware.doom .wad application/x-doom
  com.apple.webarchive .webarchive application/x-webarchive
  com.android.webarchive .webarchivexml application/x-webarchive-xml
  com.microsoft.pst .pst
  com.kingsoft.office
   com.kingsoft.office.writer.wps +general.composite-object .wps
   com.kingsoft.office.writer.wpt +general.composite-object .wpt
   com.kingsoft.office.presentation.dps +general.composite-object .dps
   com.kingsoft.office.presentation.template +general.composite-object .dpt
   com.kingsoft.office.spreadsheets.et +general.composite-object .et
   com.kingsoft.office.spreadsheets.template +general.composite-object .ett
   com.kingsoft.office.spreadsheets.etx +general.composite-object .etx
   com.kingsoft.office.spreadsheets.ettx +general.composite-object .ettx
  com.android.apk .apk .apks .aab .xapk .apkm .akp application/vnd.android.package-archive
  general.bz-archive .bz application/x-bzip
   general.tar-bzip-archive .tbz application/x-bzip-compressed-tar
  org.tukaani.xz-archive .xz application/x-xz
   org.tukaani.tar-xz-archive .txz application/x-xz-compressed-tar
  general.xar-archive .xar application/x-xar
  com.microsoft.cab-archive .cab application/vnd.ms-cab-compressed
  redhat.rpm-archive .rpm application/x-rpm
  org.godotengine.tpz-archive .tpz
  general.lza-archive .lza application/x-lzh-compressed
  general.arj-archive .arj application/x-arj
  com.winzip.zipx .zipx
  general.lzma-archive .lzma application/x-lzma
  general.lzma86-archive .lzma86
  org.mozilla.xpinstall .xpi application/x-xpinstall
  openharmony.gopaint .gopaint
  openharmony.gobrush .gobrush
  openharmony.gobrushes .gobrushes
  openharmony.gocolor .gocolor
  general.kmz +general.navigation .kmz application/vnd.google-earth.kmz
  com.apple.iwork
  com.huawei.hmos.musiccreate.gofile .gomusic
 general.contact CONTACT
 general.database DATABASE
  com.microsoft.access.mdb .mdb application/msaccess
  com.dbase.dbf .dbf application/dbf application/dbase
  com.microsoft.registry .reg
  org.sqlite.database .sqlite .sqlite3 .db .db3 .s3db .sl3 application/vnd.sqlite3
  com.microsoft.pdb .pdb application/x-ms-pdb
 general.message MESSAGE
  com.microsoft.email .eml message/rfc822
  com.microsoft.message .msg
 general.executable EXECUTABLE
  com.microsoft.portable-executable PORTABLE_EXECUTABLE .exe .dll application/vnd.microsoft.portable-executable
  com.sun.java-class SUN_JAVA_CLASS .class
  general.c-object .o application/x-object
  com.microsoft.windows-installer .msi application/x-msi
 general.vcard VCARD .vcf .vcard text/vcard text/x-vcard
 general.navigation NAVIGATION
  general.location LOCATION
 openharmony.form OPENHARMONY_FORM
 openharmony.app-item OPENHARMONY_APP_ITEM
 openharmony.atomic-service OPENHARMONY_ATOMIC_SERVICE
 openharmony.want OPENHARMONY_WANT
 general.cad CAD
  general.iges .iges .igs model/iges
 general.octet-stream OCTET_STREAM application/octet-stream
 general.mesh-model .msh .mesh .silo model/mesh
 general.certificate
  general.cer-certificate .cer application/pkix-cert
  general.crt-certificate .crt application/x-x509-ca-cert application/x-x509-server-cert application/x-x509-user-cert
  general.crl-certificate .crl application/x-pkix-crl
 org.openpgp.signature .pgp application/pgp-signature
 general.uri
  general.file-uri FILE_URI
 com.microsoft.catalog .cat
 com.microsoft.sys .sys
 com.microsoft.tlb .tlb
 general.content-form CONTENT_FORM`;

  const types = new Map();
  const constants = {};
  const path = [];
  let last;
  for (const line of TREE.split('\n').filter((text) => text !== '')) {
    const depth = line.length - line.trimStart().length;
    const words = line.trim().split(' ');
    const first = words.shift();
    if (first !== '|') {
      path.length = depth;
      last = { typeId: first, belongingToTypes: depth === 0 ? [] : [path[depth - 1]], filenameExtensions: [], mimeTypes: [] };
      path.push(first);
      types.set(first, last);
    }
    for (const word of words) {
      if (word.startsWith('.')) last.filenameExtensions.push(word);
      else if (word.includes('/')) last.mimeTypes.push(word);
      else if (word.startsWith('+')) last.belongingToTypes.push(word.slice(1));
      else constants[word] = last.typeId;
    }
  }

  return { types, constants };
})
